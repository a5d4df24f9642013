# canary: autograd-grader-withheld-5c1f9a2e7b
"""Calls backward anew for each derivative, always on the same graph."""

import torch


def first_partials(f, x1, x2):
    leaves = x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()
    y = f(*leaves)
    derivatives = []
    for leaf in leaves:
        if y.requires_grad:
            y.backward()
        derivatives.append(torch.zeros_like(leaf) if leaf.grad is None else leaf.grad.clone())
    return tuple(derivatives)
