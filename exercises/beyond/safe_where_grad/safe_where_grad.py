"""where, with a gradient that stays finite.

梯度不出问题的 where。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def safe_where_grad(
    cond: Callable[[Tensor], Tensor],
    f: Callable[[Tensor], Tensor],
    g: Callable[[Tensor], Tensor],
    x: Tensor,
    safe: float,
) -> Tensor:
    """Return the gradient of the sum of f(x) where cond(x) is true and of g(x) elsewhere.

    cond: takes a tensor and returns a bool tensor of its shape, entry by entry.
    f, g: differentiable, entry by entry; each may be bad where the other is picked.
    x: float tensor of any shape; may require grad and may hold an old .grad.
    safe: a number at which f, g and their slopes are finite.

    Returns a tensor in the shape and dtype of x: each entry is the slope of the branch that is picked there.

    Promised: an old .grad of x does not enter the result; x keeps its data, .grad and requires_grad; the result carries
    no graph and shares no memory with x or its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
