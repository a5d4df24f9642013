"""A batch in parts.

分批累加梯度。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def accumulated_grad(loss: Callable[[Tensor, Tensor], Tensor], w: Tensor, X: Tensor, sizes: list[int]) -> Tensor:
    """Return the gradient of loss(w, X) with respect to w, computed from parts of X.

    loss: function of the parameters and some rows; returns the mean over these rows as a 0-d tensor.
    w: float tensor of any shape, the parameters; may require grad and may hold an old .grad.
    X: float tensor with one example in each row.
    sizes: how many rows each part has, 1 or more each; they add up to len(X).

    Returns a tensor in the shape and dtype of w. loss is called once for each part, in order, and a part's
    intermediate results are gone from memory when the next part is computed.

    Promised: an old .grad of w does not enter the result; w and X keep their data, .grad and requires_grad; the result
    carries no graph and shares no memory with w or its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
