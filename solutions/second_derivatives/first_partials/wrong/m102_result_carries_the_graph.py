# canary: autograd-grader-withheld-5c1f9a2e7b
"""Records how the derivatives are computed, though nobody differentiates them again."""

import torch


def first_partials(f, x1, x2):
    a, b = x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()
    y = f(a, b)
    if not y.requires_grad:
        return torch.zeros_like(a), torch.zeros_like(b)
    return torch.autograd.grad(y, (a, b), create_graph=True, materialize_grads=True)
