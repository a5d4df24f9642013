# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the caller's X."""

import torch


def batch_jacobian(f, X):
    X.requires_grad_()
    y = torch.func.vmap(f)(X)
    rows = [torch.autograd.grad(column.sum(), X, retain_graph=True)[0] for column in y.T]
    return torch.stack(rows, dim=1)
