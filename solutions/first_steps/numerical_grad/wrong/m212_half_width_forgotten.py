# canary: autograd-grader-withheld-5c1f9a2e7b
"""Divides the central difference by eps, half of the distance."""

import torch


def numerical_grad(f, x, eps=1e-6):
    point = x.detach().double()
    gradient = torch.zeros(x.shape, dtype=torch.float64)
    for i in range(x.numel()):
        step = torch.zeros(x.shape, dtype=torch.float64)
        step.view(-1)[i] = eps
        gradient.view(-1)[i] = (f(point + step).item() - f(point - step).item()) / eps
    return gradient
