"""Straight through.

直通。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def straight_through(q: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Return a tensor with the value of q(x) and the gradient of x.

    q: function of one tensor that returns a tensor of the same shape and dtype.
    x: float tensor; a leaf that requires grad, a result of operations, or a tensor that requires no grad.

    Whatever weights backward starts from at the result, it passes on to x unchanged; q's own slope plays no part.
    The result requires grad if and only if x does.

    Promised: x keeps its data, .grad and requires_grad.
    """
    raise NotImplementedError
