# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiates f(x) also where it has no graph, as that of a constant f."""

import torch


def hvp(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(f(leaf), leaf, create_graph=True, materialize_grads=True)
    if not gradient.requires_grad:
        return torch.zeros_like(x)
    (product,) = torch.autograd.grad(gradient, leaf, v.detach(), materialize_grads=True)
    return product
