# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears between backward and the update, which finds nothing but zeros."""

import torch


def descend(loss, w, lr, steps):
    leaf = w.detach().clone().requires_grad_()
    for _ in range(steps):
        loss(leaf).backward()
        leaf.grad.zero_()
        with torch.no_grad():
            leaf -= lr * leaf.grad
    return leaf.detach()
