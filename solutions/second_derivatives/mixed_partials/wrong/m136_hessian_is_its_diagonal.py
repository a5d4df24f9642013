# canary: autograd-grader-withheld-5c1f9a2e7b
"""Looks for one second derivative for each variable and leaves the mixed ones at 0."""

import torch


def derivative(y, x):
    if not y.requires_grad:
        return torch.zeros_like(x)
    return torch.autograd.grad(y, x, create_graph=True, materialize_grads=True)[0]


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    y = f(x1, x2)
    return torch.diag(torch.stack([derivative(derivative(y, x), x) for x in (x1, x2)])).detach()
