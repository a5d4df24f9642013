# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes backward into the .grad of the caller's w, where an old gradient may lie."""

import torch


def fixed_point_grad(step, w, z0, v):
    with torch.no_grad():
        z = z0
        for _ in range(100):
            z = step(w, z)
    w.requires_grad_()
    at_z = z.detach().requires_grad_()
    y = step(w, at_z)
    u = v = v.detach()
    for _ in range(100):
        u = v + torch.autograd.grad(y, at_z, u, retain_graph=True, materialize_grads=True)[0]
    y.backward(u)
    return torch.zeros_like(w) if w.grad is None else w.grad.clone()
