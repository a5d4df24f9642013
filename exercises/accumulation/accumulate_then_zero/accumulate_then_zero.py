"""Accumulate, then clear.

先累加，再清零。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def accumulate_then_zero(
    f: Callable[[Tensor], Tensor],
    g: Callable[[Tensor], Tensor],
    x: Tensor,
) -> tuple[Tensor, Tensor, Tensor]:
    """Return what one .grad holds at three moments.

    f, g: functions of a tensor in the shape of x; each returns a tensor with one element that depends on x.
    x: floating point tensor of any shape; may require grad and may hold an old .grad.

    Returns (a, b, c), each with the shape and dtype of x:
        a: after backward of f(x);
        b: after backward of g(x) too, with nothing cleared in between;
        c: after clearing and backward of g(x) once more.

    Promised: an old .grad of x does not enter the result; x keeps its data, .grad and requires_grad;
    a, b and c carry no graph and share memory neither with x or its .grad nor with each other;
    calling twice gives the same answer.
    """
    raise NotImplementedError
