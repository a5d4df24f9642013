# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes back through five steps from the start."""

import torch


def fixed_point_grad(step, w, z0, v):
    at_w = w.detach().requires_grad_()
    z = z0.detach()
    for _ in range(5):
        z = step(at_w, z)
    if not z.requires_grad:
        return torch.zeros_like(w)
    return torch.autograd.grad(z, at_w, v.detach())[0]
