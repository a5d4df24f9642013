"""Two first derivatives.

两个一阶偏导数。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def first_partials(f: Callable[[Tensor, Tensor], Tensor], x1: Tensor, x2: Tensor) -> tuple[Tensor, Tensor]:
    """Return the derivatives of f with respect to its first and its second argument at (x1, x2).

    f: takes two 0-d tensors, returns a 0-d tensor; may ignore its arguments.
    x1, x2: 0-d float tensors of one dtype, with or without requires_grad, with or without an old .grad; they
    may be one and the same tensor.

    Returns a tuple of two 0-d tensors. A derivative with respect to an argument that f does not depend on is 0.

    Promised: f is called once and its graph is walked once; an old .grad does not enter the results; x1 and x2
    keep their data, .grad and requires_grad; the results carry no graph and share no memory with x1 or x2;
    calling twice gives the same answer.
    """
    raise NotImplementedError
