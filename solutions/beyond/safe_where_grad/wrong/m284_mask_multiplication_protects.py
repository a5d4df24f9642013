# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies each branch by its mask. Indistinguishable from M51: 0 times the slope is added either way."""

import torch


def safe_where_grad(cond, f, g, x, safe):  # noqa: ARG001 - to do without safe is the mistake
    leaf = x.detach().clone().requires_grad_()
    mask = cond(leaf)
    y = mask * f(leaf) + ~mask * g(leaf)
    return torch.autograd.grad(y.sum(), leaf)[0]
