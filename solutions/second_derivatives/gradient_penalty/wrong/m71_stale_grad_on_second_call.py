# canary: autograd-grader-withheld-5c1f9a2e7b
"""Runs backward into the .grad of the parameters, where an old gradient may lie."""

import torch


def gradient_penalty(f, params, x):
    for p in params:
        p.requires_grad_()
    at = x.detach().clone().requires_grad_()
    y = f(params, at)
    (slope,) = torch.autograd.grad(y, at, create_graph=True, materialize_grads=True)
    (y + (slope**2).sum()).backward()
    return [torch.zeros_like(p) if p.grad is None else p.grad.clone() for p in params]
