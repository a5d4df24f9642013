"""Both products with a Jacobian that is never built.

不造出雅可比矩阵，求它的两种乘积。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def vjp_and_jvp(f: Callable[[Tensor], Tensor], x: Tensor, v: Tensor, u: Tensor) -> tuple[Tensor, Tensor]:
    """Return v^T J and J u for the Jacobian J of f at x, without building J.

    f: function of one tensor that returns one; at least one entry of f(x) depends on x.
    x: floating point tensor of any shape.
    v: weights in the shape of f(x).
    u: direction in the shape of x.

    Returns the tuple (v^T J, J u), the first in the shape of x, the second in the shape of f(x), with
    J[i, j] = d y_i / d x_j, y = f(x), everything read flattened. f is called at most twice.

    Promised: an old .grad does not enter; x, v and u keep their data, .grad and requires_grad; the results
    carry no graph and share no memory with an argument or each other; calling twice gives the same answer.
    """
    raise NotImplementedError
