"""Does not think of an f that ignores x."""

import torch
from torch.autograd.forward_ad import dual_level, make_dual, unpack_dual


def jacobian_by_columns(f, x):
    p, n = x.detach(), x.numel()
    with dual_level():
        parts = [unpack_dual(f(make_dual(p, e.view_as(p)))) for e in torch.eye(n, dtype=p.dtype)]
        return torch.stack([part.tangent.flatten() for part in parts], 1)
