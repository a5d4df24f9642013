"""What a graph costs.

计算图占多少内存。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def saved_bytes(f: Callable[[Tensor], Tensor], x: Tensor) -> int:
    """Return how many bytes the graph behind f(x) keeps for backward, each storage counted once and whole.

    f: function of one tensor, made of torch operations; computes nothing that its result does not depend on.
    x: float tensor, with or without requires_grad.

    f is computed on a leaf that requires grad and has the values of x.

    Promised: x keeps its data, .grad and requires_grad; no hook and no mode stays on; calling twice gives the same
    answer.
    """
    raise NotImplementedError
