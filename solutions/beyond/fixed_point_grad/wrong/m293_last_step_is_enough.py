# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes back through one step at the fixed point and no further."""

import torch


def fixed_point_grad(step, w, z0, v):
    with torch.no_grad():
        z = z0
        for _ in range(100):
            z = step(w, z)
    at_w = w.detach().requires_grad_()
    y = step(at_w, z)
    if not y.requires_grad:
        return torch.zeros_like(w)
    return torch.autograd.grad(y, at_w, v.detach())[0]
