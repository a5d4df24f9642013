"""A Hessian times a vector.

海森矩阵乘向量。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def hvp(f: Callable[[Tensor], Tensor], x: Tensor, v: Tensor) -> Tensor:
    """Return the Hessian of f at x times v, without building the Hessian.

    f: function of one tensor that returns a 0-d tensor; may be linear or constant.
    x: float tensor of any shape.
    v: tensor of the shape and dtype of x.

    Returns a tensor of the shape and dtype of x: entry i is the sum over j of d2f / (dx_i dx_j) * v_j, zero where
    the gradient of f is constant.

    Promised: f is called at most twice, with at most two backward passes; an old .grad does not enter the result;
    x and v keep their data, .grad and requires_grad; the result carries no graph and shares no memory with x or v;
    calling twice gives the same answer.
    """
    raise NotImplementedError
