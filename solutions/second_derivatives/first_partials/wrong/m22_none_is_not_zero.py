# canary: autograd-grader-withheld-5c1f9a2e7b
"""Allows unused inputs and returns the None that stands for them."""

import torch


def first_partials(f, x1, x2):
    a, b = x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()
    y = f(a, b)
    if not y.requires_grad:
        return None, None
    return torch.autograd.grad(y, (a, b), allow_unused=True)
