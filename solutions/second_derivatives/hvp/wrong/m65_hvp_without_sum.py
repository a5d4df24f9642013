# canary: autograd-grader-withheld-5c1f9a2e7b
"""Weights the gradient by v and differentiates the product without adding it up."""

import torch


def hvp(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return torch.zeros_like(x)
    (gradient,) = torch.autograd.grad(y, leaf, create_graph=True, materialize_grads=True)
    if not gradient.requires_grad:
        return torch.zeros_like(x)
    return torch.autograd.grad(gradient * v.detach(), leaf, materialize_grads=True)[0]
