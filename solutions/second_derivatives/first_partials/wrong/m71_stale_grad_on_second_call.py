# canary: autograd-grader-withheld-5c1f9a2e7b
"""Runs backward into the .grad of the arguments, where an old gradient may lie."""

import torch


def first_partials(f, x1, x2):
    x1.requires_grad_()
    x2.requires_grad_()
    y = f(x1, x2)
    if y.requires_grad:
        y.backward()
    return tuple(torch.zeros_like(x) if x.grad is None else x.grad.clone() for x in (x1, x2))
