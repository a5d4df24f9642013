"""The way back through broadcasting.

沿广播往回走。
"""

import torch
from torch import Tensor


def unbroadcast(g: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return the gradient of a tensor of shape `shape` that was broadcast to the shape of g.

    g: floating point tensor, the gradient in the broadcast shape; may require grad and may hold an old .grad.
    shape: the shape before broadcasting; it can be broadcast to the shape of g.

    Returns a tensor of shape `shape` and the dtype of g: summed over the dimensions that broadcasting has put in
    front, which go away, and over those that it has stretched, which stay with size 1. Where there are none of them,
    a copy of g.

    Promised: g keeps its data, .grad and requires_grad; the result carries no graph and shares no memory with g or
    its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
