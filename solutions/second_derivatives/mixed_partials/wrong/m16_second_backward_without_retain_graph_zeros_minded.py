# canary: autograd-grader-withheld-5c1f9a2e7b
"""Minds constants and missing variables, but keeps no graph of a first derivative for the second walk."""

import torch


def derivative(y, x, *, again=False):
    if not y.requires_grad:
        return torch.zeros_like(x)
    return torch.autograd.grad(y, x, retain_graph=again, create_graph=again, materialize_grads=True)[0]


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    y = f(x1, x2)
    first_derivatives = [derivative(y, x, again=True) for x in (x1, x2)]
    rows = [torch.stack([derivative(first, x) for x in (x1, x2)]) for first in first_derivatives]
    return torch.stack(rows)
