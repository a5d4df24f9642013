# canary: autograd-grader-withheld-5c1f9a2e7b
"""Descends on the w of the caller and puts its values back, but not its .grad and its flag."""

import torch


def descend(loss, w, lr, steps):
    start = w.detach().clone()
    w.requires_grad_()
    for _ in range(steps):
        w.grad = None
        loss(w).backward()
        with torch.no_grad():
            w -= lr * w.grad
    result = w.detach().clone()
    with torch.no_grad():
        w.copy_(start)
    return result
