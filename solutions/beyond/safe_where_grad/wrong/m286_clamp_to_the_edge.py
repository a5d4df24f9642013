# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the input of the branches at the edge of the domain or inside of it."""

import torch


def safe_where_grad(cond, f, g, x, safe):  # noqa: ARG001 - to do without safe is the mistake
    leaf = x.detach().clone().requires_grad_()
    picked = cond(leaf)
    y = torch.where(picked, f(torch.where(picked, leaf, leaf.clamp(min=0))), g(leaf))
    return torch.autograd.grad(y.sum(), leaf)[0]
