# canary: autograd-grader-withheld-5c1f9a2e7b
"""Records the outer differentiation as well as the inner one."""

import torch


def gradient_penalty(f, params, x):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    at = x.detach().clone().requires_grad_()
    y = f(leaves, at)
    (slope,) = torch.autograd.grad(y, at, create_graph=True, materialize_grads=True)
    loss = y + (slope**2).sum()
    return list(torch.autograd.grad(loss, leaves, create_graph=True, materialize_grads=True))
