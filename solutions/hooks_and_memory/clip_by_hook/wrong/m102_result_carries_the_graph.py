# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for a graph of the gradient."""

import torch


def clip_by_hook(f, g, x, limit):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    y.register_hook(lambda gradient: gradient.clamp(-limit, limit))
    return torch.autograd.grad(g(y), leaf, create_graph=True)[0]
