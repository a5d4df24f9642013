"""Compute twice, keep less.

算两遍，少存一些。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def checkpointed_grad(blocks: list[Callable[[Tensor], Tensor]], x: Tensor, v: Tensor) -> Tensor:
    """Return the gradient at x of the weighted sum of what a chain of blocks gives, keeping only their inputs.

    blocks: functions of one tensor; the result of one is the input of the next. May be empty.
    x: float tensor, the input of the first block.
    v: weights in the shape of the last result.

    On the way forward no block is recorded and none is called more than once; on the way back each is recorded once,
    from its own input, the last one first. No blocks give a copy of v; a block that ignores its input gives zeros.

    Promised: x and v keep their data, .grad and requires_grad; an old .grad plays no part; the result carries no graph
    and shares no memory with them; calling twice gives the same answer.
    """
    raise NotImplementedError
