# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the tensors of the caller and leaves it so."""

import torch


def first_partials(f, x1, x2):
    x1.requires_grad_()
    x2.requires_grad_()
    y = f(x1, x2)
    if not y.requires_grad:
        return torch.zeros_like(x1), torch.zeros_like(x2)
    return torch.autograd.grad(y, (x1, x2), materialize_grads=True)
