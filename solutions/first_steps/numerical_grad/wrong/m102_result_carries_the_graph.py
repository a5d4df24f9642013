# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes with x itself, so that the quotients are recorded once x requires grad."""

import torch


def numerical_grad(f, x, eps=1e-6):
    point = x.double()
    quotients = []
    for i in range(x.numel()):
        step = torch.zeros(x.shape, dtype=torch.float64)
        step.view(-1)[i] = eps
        quotients.append((f(point + step) - f(point - step)).reshape(()) / (2 * eps))
    return torch.stack(quotients).reshape(x.shape)
