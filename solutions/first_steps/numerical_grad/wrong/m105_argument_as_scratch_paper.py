# canary: autograd-grader-withheld-5c1f9a2e7b
"""Moves x itself where it is float64 already, and does not move an entry back."""

import torch


def numerical_grad(f, x, eps=1e-6):
    point = x.detach().double()
    gradient = torch.zeros(x.shape, dtype=torch.float64)
    for i in range(x.numel()):
        point.view(-1)[i] += eps
        upper = f(point).item()
        point.view(-1)[i] -= 2 * eps
        lower = f(point).item()
        gradient.view(-1)[i] = (upper - lower) / (2 * eps)
    return gradient
