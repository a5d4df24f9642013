# canary: autograd-grader-withheld-5c1f9a2e7b
"""Penalises the length of the gradient instead of its square."""

import torch


def gradient_penalty(f, params, x):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    at = x.detach().clone().requires_grad_()
    y = f(leaves, at)
    (slope,) = torch.autograd.grad(y, at, create_graph=True, materialize_grads=True)
    return list(torch.autograd.grad(y + slope.norm(), leaves, materialize_grads=True))
