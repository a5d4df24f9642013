# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the graph of f, but does not record the gradient with respect to x."""

import torch


def gradient_penalty(f, params, x):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    at = x.detach().clone().requires_grad_()
    y = f(leaves, at)
    (slope,) = torch.autograd.grad(y, at, retain_graph=True, materialize_grads=True)
    return list(torch.autograd.grad(y + (slope**2).sum(), leaves, materialize_grads=True))
