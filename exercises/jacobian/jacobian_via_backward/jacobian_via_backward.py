"""A whole Jacobian out of backward(v), one row at a time.

用 backward(v) 逐行求出整个雅可比矩阵。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def jacobian_via_backward(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Return the Jacobian of f at x, outputs in rows and inputs in columns.

    f: function of one tensor, usually of shape (n,), that returns one, usually of shape (m,).
    x: floating point tensor.

    Returns J of shape (m, n) and the dtype of x with J[i, j] = d y_i / d x_j, y = f(x). Other shapes of x and
    y are read flattened row by row: m = y.numel(), n = x.numel(). An output that does not depend on x gives a
    row of zeros; at least one output depends on x.

    Promised: an old .grad of x does not enter the result; x keeps its data, .grad and requires_grad; the
    result carries no graph and shares no memory with x or its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
