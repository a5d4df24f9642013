"""Stacks columns where rows belong."""

import torch


def batch_jacobian(f, X):
    p = X.detach()
    parts = []
    for k in range(p.shape[-1]):
        e = torch.zeros(p.shape[-1], dtype=p.dtype)
        e[k] = 1
        parts.append(torch.vmap(lambda x, e=e: torch.func.jvp(f, (x,), (e,))[1])(p))
    return torch.stack(parts, dim=1)
