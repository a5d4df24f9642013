# canary: autograd-grader-withheld-5c1f9a2e7b
"""Trusts in a small eps and computes in whatever dtype x has."""

import torch


def numerical_grad(f, x, eps=1e-6):
    point = x.detach()
    gradient = torch.zeros_like(point)
    for i in range(x.numel()):
        step = torch.zeros_like(point)
        step.view(-1)[i] = eps
        gradient.view(-1)[i] = (f(point + step) - f(point - step)).item() / (2 * eps)
    return gradient
