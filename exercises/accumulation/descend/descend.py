"""Down the slope.

沿坡而下。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def descend(loss: Callable[[Tensor], Tensor], w: Tensor, lr: float, steps: int) -> Tensor:
    """Return where gradient descent arrives after some steps.

    loss: differentiable function of a tensor in the shape of w; returns a tensor with one element that depends on w.
    w: floating point tensor of any shape, the start; may require grad and may hold an old .grad.
    lr: the learning rate, which each gradient is multiplied by.
    steps: how many steps to take, 0 or more.

    Returns a tensor in the shape and dtype of w. loss is evaluated once in each step, at the point of that step, on
    a leaf that requires grad.

    Promised: an old .grad of w does not enter the result; w keeps its data, .grad and requires_grad; the result
    carries no graph, does not require grad and shares no memory with w or its .grad; calling twice gives the same
    answer.
    """
    raise NotImplementedError
