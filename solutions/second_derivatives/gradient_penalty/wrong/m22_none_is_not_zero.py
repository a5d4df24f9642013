# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reads .grad of each parameter and hands on the None of one without influence."""

import torch


def gradient_penalty(f, params, x):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    at = x.detach().clone().requires_grad_()
    y = f(leaves, at)
    (slope,) = torch.autograd.grad(y, at, create_graph=True, materialize_grads=True)
    (y + (slope**2).sum()).backward()
    return [leaf.grad for leaf in leaves]
