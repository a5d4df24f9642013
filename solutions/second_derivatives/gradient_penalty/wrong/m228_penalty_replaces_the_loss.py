# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiates the penalty and leaves y out."""

import torch


def gradient_penalty(f, params, x):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    at = x.detach().clone().requires_grad_()
    y = f(leaves, at)
    (slope,) = torch.autograd.grad(y, at, create_graph=True, materialize_grads=True)
    penalty = (slope**2).sum()
    if not penalty.requires_grad:
        return [torch.zeros_like(leaf) for leaf in leaves]
    return list(torch.autograd.grad(penalty, leaves, materialize_grads=True))
