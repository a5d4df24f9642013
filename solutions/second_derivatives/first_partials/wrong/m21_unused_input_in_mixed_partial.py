# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes for granted that f depends on both arguments."""

import torch


def first_partials(f, x1, x2):
    a, b = x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()
    return torch.autograd.grad(f(a, b), (a, b))
