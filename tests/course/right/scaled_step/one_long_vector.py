"""All gradients as one long vector."""

import torch


def scaled_step(loss, params, lr, scale, max_norm):
    leaves = [torch.clone(p.detach()).requires_grad_() for p in params]
    value = loss(leaves)
    found = torch.autograd.grad(value, leaves, torch.tensor(scale, dtype=value.dtype), allow_unused=True)
    parts = [torch.zeros_like(p) if g is None else g for p, g in zip(leaves, found, strict=True)]
    long = torch.cat([part.reshape(-1).to(torch.float64) for part in parts]) / scale
    if not bool(torch.isfinite(long).all()):
        return [torch.clone(p.detach()) for p in params], False
    size = float(torch.linalg.vector_norm(long))
    if size > max_norm:
        long = long * (max_norm / size)
    pieces = long.split([p.numel() for p in params])
    return [(p.detach() - lr * g.view(p.shape)).type(p.dtype) for p, g in zip(params, pieces, strict=True)], True
