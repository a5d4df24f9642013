# canary: autograd-grader-withheld-5c1f9a2e7b
"""Does the same under no_grad, where the result no longer requires grad."""

import torch


def descend(loss, w, lr, steps):
    leaf = w.detach().clone().requires_grad_()
    for _ in range(steps):
        loss(leaf).backward()
        with torch.no_grad():
            leaf = leaf - lr * leaf.grad
    return leaf.detach()
