# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sends a single tangent of ones."""

import torch


def jacobian_by_columns(f, x):
    x = x.detach()
    return torch.func.jvp(f, (x,), (torch.ones_like(x),))[1]
