"""The mean of clipped gradients.

裁剪之后再平均。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def clipped_mean_grad(loss: Callable[[Tensor, Tensor], Tensor], w: Tensor, X: Tensor, limit: float) -> Tensor:
    """Return the mean over the examples of their clipped gradients with respect to w.

    loss: function of the parameters and one example that returns a 0-d tensor; vmap can handle it.
    w: float tensor of any shape, the parameters; may require grad and may hold an old .grad.
    X: float tensor with one example in each row.
    limit: a gradient whose Euclidean length exceeds this is scaled down to it; others are left alone.

    Returns a tensor in the shape and dtype of w. loss is called at most twice.

    Promised: an old .grad of w does not enter the result; w and X keep their data, .grad and requires_grad; the result
    carries no graph and shares no memory with w or its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
