# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies the weights by I - dstep/dz."""

import torch


def fixed_point_grad(step, w, z0, v):
    with torch.no_grad():
        z = z0
        for _ in range(100):
            z = step(w, z)
    at_w, at_z = w.detach().requires_grad_(), z.detach().requires_grad_()
    y = step(at_w, at_z)
    v = v.detach()
    u = v - torch.autograd.grad(y, at_z, v, retain_graph=True, materialize_grads=True)[0]
    return torch.autograd.grad(y, at_w, u, materialize_grads=True)[0]
