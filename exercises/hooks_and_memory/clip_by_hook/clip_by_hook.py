"""Clip a gradient on its way.

在半路上裁剪梯度。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def clip_by_hook(f: Callable[[Tensor], Tensor], g: Callable[[Tensor], Tensor], x: Tensor, limit: float) -> Tensor:
    """Return the gradient of g(f(x)) at x, where the gradient at y = f(x) is clipped on its way.

    f: function of one tensor whose result depends on it; may return its argument itself.
    g: function of y that returns a tensor with one element.
    x: float tensor, with or without requires_grad.
    limit: positive number; each entry of the gradient at y is clipped to -limit ... limit.

    Promised: f and g are called once each, with one backward pass; x keeps its data, .grad and requires_grad, and no
    hook stays on it; an old .grad plays no part; the result carries no graph and shares no memory with x; calling
    twice gives the same answer.
    """
    raise NotImplementedError
