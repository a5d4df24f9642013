"""The gradient in the middle.

中间量的梯度。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def intermediate_grads(
    f1: Callable[[Tensor], Tensor], f2: Callable[[Tensor], Tensor], x: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the gradients of z with respect to y and to x, where y = f1(x) and z = f2(y).

    f1: function of one tensor that returns a tensor; it may return its argument itself.
    f2: function of one tensor that returns a 0-d tensor; it may ignore part of its argument.
    x: float tensor of any shape.

    Returns a tuple: a tensor of the shape of y, and a tensor of the shape of x.

    Promised: f1 and f2 are called once each, and each part of the graph is walked once; an old .grad does not enter
    the results; x keeps its data, .grad and requires_grad; the results carry no graph and share no memory with x or
    with each other; calling twice gives the same answer.
    """
    raise NotImplementedError
