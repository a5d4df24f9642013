"""A loop over the entries with an ordinary if."""

import torch


def safe_where_grad(cond, f, g, x, safe):
    found = []
    for entry in x.detach().flatten():
        leaf = entry.clone().requires_grad_()
        branch = f if cond(leaf).item() else g
        found.append(torch.autograd.grad(branch(leaf), leaf)[0])
    return torch.stack(found).reshape(x.shape)
