# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears the .grad of X, fills it anew and hands out that very tensor."""

import torch


def per_example_grads(f, X):
    X.requires_grad_()
    X.grad = None
    torch.stack([f(row) for row in X]).sum().backward()
    return X.grad
