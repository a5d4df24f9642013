# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes the gradient once and uses it for every step."""

import torch


def descend(loss, w, lr, steps):
    leaf = w.detach().clone().requires_grad_()
    loss(leaf).backward()
    with torch.no_grad():
        for _ in range(steps):
            leaf -= lr * leaf.grad
    return leaf.detach()
