# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies the diagonal of the Hessian by v, entry by entry."""

import torch


def hvp(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return torch.zeros_like(x)
    (gradient,) = torch.autograd.grad(y, leaf, create_graph=True, materialize_grads=True)
    if not gradient.requires_grad:
        return torch.zeros_like(x)
    diagonal = [
        torch.autograd.grad(part, leaf, retain_graph=True, materialize_grads=True)[0].flatten()[i]
        for i, part in enumerate(gradient.flatten())
    ]
    return torch.stack(diagonal).reshape(x.shape) * v.detach()
