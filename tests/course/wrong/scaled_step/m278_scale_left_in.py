"""The scale is left in the gradient."""

import torch


def scaled_step(loss, params, lr, scale, max_norm):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    (scale * loss(leaves)).backward()
    grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in leaves]
    if not all(torch.isfinite(g).all() for g in grads):
        return [p.detach().clone() for p in params], False
    norm = torch.cat([g.flatten().double() for g in grads]).norm().item()
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return [(p.detach().double() - lr * factor * g).to(p.dtype) for p, g in zip(leaves, grads, strict=True)], True
