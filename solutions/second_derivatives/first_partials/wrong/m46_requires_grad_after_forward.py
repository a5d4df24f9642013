# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on after f has been computed."""

import torch


def first_partials(f, x1, x2):
    a, b = x1.detach().clone(), x2.detach().clone()
    y = f(a, b)
    a.requires_grad_()
    b.requires_grad_()
    return torch.autograd.grad(y, (a, b), materialize_grads=True)
