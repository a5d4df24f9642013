# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiates both first derivatives in one call and expects a row for each."""

import torch


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    y = f(x1, x2)
    first = torch.autograd.grad(y, (x1, x2), create_graph=True, materialize_grads=True)
    second = torch.autograd.grad(first, (x1, x2), materialize_grads=True)
    return torch.stack(second)
