# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiates the gradient though it may be constant."""

import torch


def hvp(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return torch.zeros_like(x)
    (gradient,) = torch.autograd.grad(y, leaf, create_graph=True, materialize_grads=True)
    return torch.autograd.grad(gradient, leaf, v.detach(), materialize_grads=True)[0]
