# canary: autograd-grader-withheld-5c1f9a2e7b
"""Overwrites the x of the caller to see whether backward complains."""

import torch


def saved_for_backward(f, x):
    return complains(f, x, 0), complains(f, x, 1)


def complains(f, x, end):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    with torch.no_grad():
        (leaf, y)[end].mul_(0.5)
    try:
        y.sum().backward()
    except RuntimeError as problem:
        return "modified by an inplace operation" in str(problem)
    return False
