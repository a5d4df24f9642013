# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clamps the value of y."""

import torch


def clip_by_hook(f, g, x, limit):
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(g(f(leaf).clamp(-limit, limit)), leaf)[0]
