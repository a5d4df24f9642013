# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies the two first derivatives to get the mixed one."""

import torch


def derivative(y, x):
    if not y.requires_grad:
        return torch.zeros_like(x)
    return torch.autograd.grad(y, x, create_graph=True, materialize_grads=True)[0]


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    y = f(x1, x2)
    by_1, by_2 = derivative(y, x1), derivative(y, x2)
    mixed = by_1 * by_2
    rows = [torch.stack([derivative(by_1, x1), mixed]), torch.stack([mixed, derivative(by_2, x2)])]
    return torch.stack(rows).detach()
