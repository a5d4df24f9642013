"""The Neumann series v + v D + v D^2 + ..., summed up."""

import torch


def fixed_point_grad(step, w, z0, v):
    z = z0.detach()
    w = w.detach()
    with torch.no_grad():
        for _ in range(50):
            z = step(w, z)
    w, z = w.clone().requires_grad_(), z.clone().requires_grad_()
    with torch.enable_grad():
        y = step(w, z)
    total, term = torch.zeros_like(z), v.detach()
    for _ in range(36):
        total = total + term
        found = torch.autograd.grad(y, z, term, retain_graph=True, allow_unused=True)[0]
        if found is None:
            break
        term = found
    answer = torch.autograd.grad(y, w, total.detach(), allow_unused=True)[0]
    return torch.zeros_like(w).detach() if answer is None else answer
