"""Back through a system of equations.

反向穿过方程组。
"""

import torch
from torch import Tensor


def vjp_solve(A: Tensor, b: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """Return the gradients of the sum of v times z with respect to A and b, where z solves A z = b.

    A: float tensor of shape (n, n) with an inverse; need not be symmetric.
    b: float tensor of shape (n,), the right side.
    v: float tensor of shape (n,), the weights of the entries of z.

    Returns (dA, db) in the shapes and dtypes of A and b. Autograd is not allowed.

    Promised: old .grads do not enter the results; A, b and v keep their data, .grad and requires_grad; the results
    carry no graph and share no memory with them or each other; calling twice gives the same answer.
    """
    raise NotImplementedError
