# canary: autograd-grader-withheld-5c1f9a2e7b
"""Never clears, so each step is taken with the sum of all gradients so far."""

import torch


def descend(loss, w, lr, steps):
    leaf = w.detach().clone().requires_grad_()
    for _ in range(steps):
        loss(leaf).backward()
        with torch.no_grad():
            leaf -= lr * leaf.grad
    return leaf.detach()
