# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reads .grad of the rows, which are no leaves."""

import torch


def per_example_grads(f, X):
    leaf = X.detach().clone().requires_grad_()
    torch.stack([f(row) for row in leaf]).sum().backward()
    return [leaf[i].grad for i in range(len(leaf))]
