# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiates by both variables in one call each time and takes for granted that both occur."""

import torch


def mixed_partials(f, x1, x2):
    inputs = (x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_())
    first = torch.autograd.grad(f(*inputs), inputs, create_graph=True)
    rows = [torch.stack(torch.autograd.grad(each, inputs, retain_graph=True)) for each in first]
    return torch.stack(rows)
