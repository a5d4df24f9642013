"""The gradient of one output.

单个输出的梯度。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def output_gradient(f: Callable[[Tensor], Tensor], x: Tensor, index: int | tuple[int, ...]) -> Tensor:
    """Return the gradient of the single output f(x)[index] with respect to x.

    f: differentiable function of one tensor; returns one tensor of any shape that depends on it.
    x: floating point tensor of any shape; may require grad and may hold an old .grad.
    index: an int if f(x) has one dimension, else a tuple with an int for each dimension; may be negative.

    Returns a tensor in the shape and dtype of x; zeros if that output does not depend on x. f is called once, and
    one backward pass is run.

    Promised: an old .grad of x does not enter the result; x keeps its data, .grad and requires_grad; the result
    carries no graph and shares no memory with x or its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
