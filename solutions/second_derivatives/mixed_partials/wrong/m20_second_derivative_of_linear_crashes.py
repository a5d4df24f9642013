# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for zeros where a variable is missing, but differentiates a constant first derivative all the same."""

import torch


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    y = f(x1, x2)
    first = torch.autograd.grad(y, (x1, x2), create_graph=True, materialize_grads=True)
    rows = []
    for derivative in first:
        row = torch.autograd.grad(derivative, (x1, x2), retain_graph=True, materialize_grads=True)
        rows.append(torch.stack(row))
    return torch.stack(rows)
