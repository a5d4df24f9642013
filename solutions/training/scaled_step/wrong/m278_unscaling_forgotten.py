# canary: autograd-grader-withheld-5c1f9a2e7b
"""Never divides by the scale."""

import torch


def scaled_step(loss, params, lr, scale, max_norm):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    scaled = torch.autograd.grad(scale * loss(leaves), leaves, materialize_grads=True)
    grads = [g.double() for g in scaled]
    if not all(g.isfinite().all() for g in grads):
        return [p.detach().clone() for p in params], False
    norm = torch.stack([g.norm() for g in grads]).norm()
    factor = (max_norm / norm).clamp(max=1.0)
    return [(p.detach() - lr * factor * g).to(p.dtype) for p, g in zip(params, grads, strict=True)], True
