# canary: autograd-grader-withheld-5c1f9a2e7b
"""Calls backward without a weight."""

import torch


def wirtinger(f, z):
    leaf = z.detach().clone().requires_grad_()
    f(leaf).backward()
    return leaf.grad, torch.zeros_like(leaf)
