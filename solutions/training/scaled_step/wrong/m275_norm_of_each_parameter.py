# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clips each parameter's gradient by its own norm."""

import torch


def scaled_step(loss, params, lr, scale, max_norm):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    scaled = torch.autograd.grad(scale * loss(leaves), leaves, materialize_grads=True)
    grads = [g.double() / scale for g in scaled]
    if not all(g.isfinite().all() for g in grads):
        return [p.detach().clone() for p in params], False
    grads = [g * (max_norm / g.norm()).clamp(max=1.0) for g in grads]
    return [(p.detach() - lr * g).to(p.dtype) for p, g in zip(params, grads, strict=True)], True
