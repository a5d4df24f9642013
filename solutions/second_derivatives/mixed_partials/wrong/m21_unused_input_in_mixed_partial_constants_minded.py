# canary: autograd-grader-withheld-5c1f9a2e7b
"""Minds constant derivatives, but not those that lack one of the variables."""

import torch


def gradient(y, inputs):
    if not y.requires_grad:
        return [torch.zeros_like(x) for x in inputs]
    return torch.autograd.grad(y, inputs, create_graph=True)


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    first = gradient(f(x1, x2), (x1, x2))
    rows = [torch.stack(gradient(derivative, (x1, x2))) for derivative in first]
    return torch.stack(rows).detach()
