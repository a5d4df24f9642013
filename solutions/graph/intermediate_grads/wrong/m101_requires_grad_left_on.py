# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the x of the caller and leaves it so."""

import torch


def intermediate_grads(f1, f2, x):
    x.requires_grad_()
    y = f1(x)
    at_y, at_x = torch.autograd.grad(f2(y), (y, x))
    return at_y.clone(), at_x.clone()
