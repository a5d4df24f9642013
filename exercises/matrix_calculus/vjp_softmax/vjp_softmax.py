"""Send weights back through softmax.

让权重反向穿过 softmax。
"""

import torch
from torch import Tensor


def vjp_softmax(z: Tensor, v: Tensor) -> Tensor:
    """Return the gradient of (v * torch.softmax(z, dim=-1)).sum() with respect to z, derived by hand.

    z: logits of shape (n,) or (B, n); they may be 1000 apart.
    v: weights in the shape of z.

    Returns a tensor in the shape and dtype of z. No matrix of n by n entries is built.

    Promised: an old .grad does not enter; z and v keep their data, .grad and requires_grad; the result carries
    no graph and shares no memory with z or v; calling twice gives the same answer.
    """
    raise NotImplementedError
