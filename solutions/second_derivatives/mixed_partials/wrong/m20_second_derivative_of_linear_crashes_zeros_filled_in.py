# canary: autograd-grader-withheld-5c1f9a2e7b
"""Fills in zeros for missing variables and then differentiates them, and every other constant, again."""

import torch


def gradient(y, inputs):
    found = torch.autograd.grad(y, inputs, create_graph=True, allow_unused=True)
    return [torch.zeros_like(x) if part is None else part for part, x in zip(found, inputs, strict=True)]


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    first = gradient(f(x1, x2), (x1, x2))
    rows = [torch.stack(gradient(derivative, (x1, x2))) for derivative in first]
    return torch.stack(rows).detach()
