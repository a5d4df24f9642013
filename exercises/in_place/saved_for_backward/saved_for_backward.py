"""What a step keeps.

每一步保存了什么。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def saved_for_backward(f: Callable[[Tensor], Tensor], x: Tensor) -> tuple[bool, bool]:
    """Return whether the graph behind f(x) keeps the memory of x, and whether it keeps the memory of f(x).

    f: function of one tensor, made of torch operations.
    x: float tensor, with or without requires_grad.

    f is computed on a leaf that requires grad and has the values of x. Memory is kept if backward raises once the
    numbers in it have been changed in place; a view has the memory of its original.

    Promised: x keeps its data, .grad and requires_grad; calling twice gives the same answer.
    """
    raise NotImplementedError
