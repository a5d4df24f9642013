# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes detach() for a copy, so that the updates move the w of the caller."""

import torch


def descend(loss, w, lr, steps):
    leaf = w.detach().requires_grad_()
    for _ in range(steps):
        loss(leaf).backward()
        with torch.no_grad():
            leaf -= lr * leaf.grad
        leaf.grad = None
    return leaf.detach()
