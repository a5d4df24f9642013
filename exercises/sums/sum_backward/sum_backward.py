"""Sum before you go back.

先求和，再反向。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def sum_backward(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Return the gradient with respect to x of the sum of all entries of f(x).

    f: differentiable function of one tensor; returns one tensor of any shape that depends on it.
    x: floating point tensor of any shape; may require grad and may hold an old .grad.

    Returns a tensor in the shape and dtype of x.

    Promised: an old .grad of x does not enter the result; x keeps its data, .grad and requires_grad; the result
    carries no graph and shares no memory with x or its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
