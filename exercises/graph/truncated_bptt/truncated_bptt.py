"""Backpropagation through time, cut short.

截断的时间反向传播。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def truncated_bptt(step: Callable[[Tensor, Tensor], Tensor], w: Tensor, h0: Tensor, n: int) -> list[Tensor]:
    """Return the gradient of each state's sum with respect to w, the state before taken as a constant.

    step: function of w and the state h that returns the next state; it may ignore w or h.
    w: float tensor of any shape.
    h0: float tensor, the state at the beginning.
    n: number of steps, 0 or more.

    Returns a list of n tensors of the shape and dtype of w; zeros for a state that does not depend on w.

    Promised: step is called n times, and h arrives without a grad_fn each time; old .grads do not enter the results;
    w and h0 keep their data, .grad and requires_grad; the results carry no graph, and each has memory of its own;
    calling twice gives the same answer.
    """
    raise NotImplementedError
