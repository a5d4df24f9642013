# canary: autograd-grader-withheld-5c1f9a2e7b
"""Writes the weighted sum as a dot product, which takes two vectors of one dtype."""

import torch


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    torch.dot(f(leaf), v).backward()
    return leaf.grad
