# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiates the sum of the gradient's entries and forgets v."""

import torch


def hvp(f, x, v):  # noqa: ARG001 - to forget v is the mistake
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return torch.zeros_like(x)
    (gradient,) = torch.autograd.grad(y, leaf, create_graph=True, materialize_grads=True)
    if not gradient.requires_grad:
        return torch.zeros_like(x)
    return torch.autograd.grad(gradient.sum(), leaf, materialize_grads=True)[0]
