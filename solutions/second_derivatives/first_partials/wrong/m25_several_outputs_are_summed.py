# canary: autograd-grader-withheld-5c1f9a2e7b
"""Expects a separate answer for each use, and adds everything up."""

import torch


def first_partials(f, x1, x2):
    a, b = x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()
    y = f(a, b)
    if not y.requires_grad:
        return torch.zeros_like(a), torch.zeros_like(b)
    total = sum(torch.autograd.grad(y, (a, b), materialize_grads=True))
    return total, total.clone()
