# canary: autograd-grader-withheld-5c1f9a2e7b
"""Solves the system with a plus for the minus."""

import torch


def fixed_point_grad(step, w, z0, v):
    with torch.no_grad():
        z = z0
        for _ in range(100):
            z = step(w, z)
    at_w, at_z = w.detach().requires_grad_(), z.detach().requires_grad_()
    y = step(at_w, at_z)
    u = v = v.detach()
    for _ in range(100):
        u = v - torch.autograd.grad(y, at_z, u, retain_graph=True, materialize_grads=True)[0]
    return torch.autograd.grad(y, at_w, u, materialize_grads=True)[0]
