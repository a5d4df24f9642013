# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sets the leaf itself to zero where its gradient was to be cleared."""

import torch


def descend(loss, w, lr, steps):
    leaf = w.detach().clone().requires_grad_()
    for _ in range(steps):
        loss(leaf).backward()
        with torch.no_grad():
            leaf -= lr * leaf.grad
            leaf.zero_()
    return leaf.detach()
