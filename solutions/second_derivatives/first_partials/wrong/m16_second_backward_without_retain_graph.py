# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for each derivative in a call of its own, and keeps the graph for neither."""

import torch


def derivative(y, x):
    if not y.requires_grad:
        return torch.zeros_like(x)
    return torch.autograd.grad(y, x, materialize_grads=True)[0]


def first_partials(f, x1, x2):
    a, b = x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()
    y = f(a, b)
    return derivative(y, a), derivative(y, b)
