# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clips in a hook that returns nothing."""

import torch


def clip_by_hook(f, g, x, limit):
    def hook(gradient):
        gradient = gradient.clamp(-limit, limit)

    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    y.register_hook(hook)
    return torch.autograd.grad(g(y), leaf)[0].clone()
