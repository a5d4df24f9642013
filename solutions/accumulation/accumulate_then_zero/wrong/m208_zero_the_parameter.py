# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sets the leaf itself to zero where its gradient was to be cleared."""

import torch


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    g(leaf).backward()
    b = leaf.grad.clone()
    with torch.no_grad():
        leaf.zero_()
    g(leaf).backward()
    c = leaf.grad.clone()
    return a, b, c
