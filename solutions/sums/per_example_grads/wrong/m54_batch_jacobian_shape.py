# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiates every loss by every example: B by B by n."""

import torch


def per_example_grads(f, X):
    leaf = X.detach().clone().requires_grad_()
    losses = torch.stack([f(row).reshape(()) for row in leaf])
    return torch.stack([torch.autograd.grad(loss, leaf, retain_graph=True)[0] for loss in losses])
