# canary: autograd-grader-withheld-5c1f9a2e7b
"""Lets backward add to the own .grad of X, call after call."""

import torch


def per_example_grads(f, X):
    X.requires_grad_()
    torch.stack([f(row) for row in X]).sum().backward()
    return X.grad.clone()
