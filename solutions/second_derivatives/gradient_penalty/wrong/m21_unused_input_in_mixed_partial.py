# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes for granted that f depends on x and on every parameter."""

import torch


def gradient_penalty(f, params, x):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    at = x.detach().clone().requires_grad_()
    y = f(leaves, at)
    (slope,) = torch.autograd.grad(y, at, create_graph=True)
    return list(torch.autograd.grad(y + (slope**2).sum(), leaves))
