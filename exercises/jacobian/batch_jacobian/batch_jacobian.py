"""One Jacobian for each example of a batch.

为一批样本中的每一个求雅可比矩阵。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def batch_jacobian(f: Callable[[Tensor], Tensor], X: Tensor) -> Tensor:
    """Return the Jacobian of f at each example of a batch.

    f: function of one example of shape (n,) that returns a tensor of shape (m,).
    X: floating point tensor of shape (B, n), one example in each row.

    Returns J of shape (B, m, n) and the dtype of X with J[b, i, j] = d y_i / d x_j, y = f(x), x = X[b]. f is
    called at most max(m, n) times, however many examples there are.

    Promised: an old .grad of X does not enter; X keeps its data, .grad and requires_grad; the result carries
    no graph and shares no memory with X or its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
