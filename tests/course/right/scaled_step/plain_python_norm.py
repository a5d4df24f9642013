"""The norm by plain Python numbers."""

import math

import torch


def scaled_step(loss, params, lr, scale, max_norm):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    torch.autograd.backward(scale * loss(leaves))
    grads = [(leaf.grad if leaf.grad is not None else leaf.detach() * 0).float().div(scale) for leaf in leaves]
    total = math.sqrt(sum(g.square().sum().item() for g in grads))
    if not math.isfinite(total):
        return [p.detach().clone() for p in params], False
    factor = 1.0 if total <= max_norm else max_norm / total
    new = []
    for p, g in zip(params, grads, strict=True):
        new.append(p.detach().float().sub(g, alpha=lr * factor).to(p.dtype))
    return new, True
