"""The difference quotient.

差商。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def numerical_grad(f: Callable[[Tensor], Tensor], x: Tensor, eps: float = 1e-6) -> Tensor:
    """Return the central difference quotient of f at x for each entry.

    f: function of a tensor in the shape of x; returns a tensor with one element.
    x: floating point tensor of any shape; may require grad and may hold an old .grad.
    eps: the step to either side.

    Returns a float64 tensor in the shape of x whose entry i is the difference of f at x moved by +eps and by -eps in
    entry i alone, divided by 2 * eps. f is given float64 tensors in the shape of x and is called at most 2 * n times
    for the n entries of x.

    Promised: x keeps its data, .grad and requires_grad; the result carries no graph and shares no memory with x;
    calling twice gives the same answer.
    """
    raise NotImplementedError
