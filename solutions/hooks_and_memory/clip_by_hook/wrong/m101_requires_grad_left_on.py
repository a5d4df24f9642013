# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the x of the caller."""

import torch


def clip_by_hook(f, g, x, limit):
    y = f(x.requires_grad_()) * 1
    y.register_hook(lambda gradient: gradient.clamp(-limit, limit))
    return torch.autograd.grad(g(y), x)[0]
