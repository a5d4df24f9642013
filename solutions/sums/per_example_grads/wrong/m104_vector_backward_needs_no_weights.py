# canary: autograd-grader-withheld-5c1f9a2e7b
"""Calls backward on the vector of losses."""

import torch


def per_example_grads(f, X):
    leaf = X.detach().clone().requires_grad_()
    torch.stack([f(row) for row in leaf]).backward()
    return leaf.grad
