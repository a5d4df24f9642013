"""Where the nan comes from.

nan 是从哪里来的。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def first_nan(f: Callable[[Tensor], Tensor], x: Tensor) -> str | None:
    """Return the name of the first node whose backward gives nan, or None if no gradient is ever nan.

    f: function of one tensor that returns a tensor with one element.
    x: float tensor, with or without requires_grad.

    f is computed on a leaf that requires grad and has the values of x. The first node is meant in the order in which
    backward runs; its name is node.name(). A result without a graph gives None.

    Promised: nothing is raised; x keeps its data, .grad and requires_grad; no mode stays on; calling twice gives the
    same answer.
    """
    raise NotImplementedError
