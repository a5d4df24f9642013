"""A moving average, in place.

就地更新的滑动平均。
"""

import torch
from torch import Tensor


def ema_update(targets: list[Tensor], sources: list[Tensor], decay: float) -> None:
    """Change each target in place to decay * target + (1 - decay) * source.

    targets: float tensors, which may be leaves that require grad and may hold a .grad.
    sources: as many tensors; those of a pair have the same shape and dtype.
    decay: the share of itself that a target keeps, from 0 to 1.

    Promised: the caller's tensors themselves change, and each change is counted in _version; a target keeps its
    requires_grad and its .grad, and a leaf remains a leaf; sources stay as they were.
    """
    raise NotImplementedError
