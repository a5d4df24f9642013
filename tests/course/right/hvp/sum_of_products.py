"""The gradient of the sum of g * v, on a graph anchored by a zero."""

import torch


def hvp(f, x, v):
    leaf = torch.clone(x.detach()).requires_grad_()
    y = f(leaf) + 0 * (leaf**2).sum()
    g = torch.autograd.grad(y, leaf, create_graph=True)[0]
    return torch.autograd.grad((g * v.detach()).sum(), leaf)[0]
