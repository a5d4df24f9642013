# canary: autograd-grader-withheld-5c1f9a2e7b
"""Moves all entries together and writes the one quotient everywhere."""

import torch


def numerical_grad(f, x, eps=1e-6):
    point = x.detach().double()
    quotient = (f(point + eps).item() - f(point - eps).item()) / (2 * eps)
    return torch.full(x.shape, quotient, dtype=torch.float64)
