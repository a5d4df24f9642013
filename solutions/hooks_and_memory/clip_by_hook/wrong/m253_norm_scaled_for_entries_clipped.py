# canary: autograd-grader-withheld-5c1f9a2e7b
"""Scales the gradient at y to the limit as its norm."""

import torch


def clip_by_hook(f, g, x, limit):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    y.register_hook(lambda gradient: gradient * (limit / gradient.norm()).clamp(max=1))
    return torch.autograd.grad(g(y), leaf)[0]
