"""A whole Jacobian by forward mode, one column at a time.

用前向模式逐列求出整个雅可比矩阵。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def jacobian_by_columns(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Return the Jacobian of f at x, outputs in rows and inputs in columns, found column by column.

    f: function of one tensor that returns one; it may ignore x, and its backward may raise.
    x: floating point tensor of any shape.

    Returns J of shape (m, n) and the dtype of x with J[i, j] = d y_i / d x_j, y = f(x), m = y.numel(),
    n = x.numel(); x and y are read flattened row by row. f is called at most n times, and never with a tensor
    that requires grad.

    Promised: an old .grad of x does not enter; x keeps its data, .grad and requires_grad; the result carries
    no graph and shares no memory with x or its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
