# canary: autograd-grader-withheld-5c1f9a2e7b
"""Allows unused variables and goes on with None as if it were the number 0."""

import torch


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    y = f(x1, x2)
    first_1, first_2 = torch.autograd.grad(y, (x1, x2), create_graph=True, allow_unused=True)
    row_1 = torch.autograd.grad(first_1, (x1, x2), retain_graph=True, allow_unused=True)
    row_2 = torch.autograd.grad(first_2, (x1, x2), retain_graph=True, allow_unused=True)
    return torch.stack([torch.stack(row_1), torch.stack(row_2)])
