# canary: autograd-grader-withheld-5c1f9a2e7b
"""Calls backward three times and reads .grad each time as if it had been cleared."""

import torch


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    y = f(x1, x2)
    y.backward(create_graph=True)
    first_derivatives = x1.grad.clone(), x2.grad.clone()
    rows = []
    for first in first_derivatives:
        first.backward(retain_graph=True)
        rows.append(torch.stack([x1.grad, x2.grad]).detach())
    return torch.stack(rows)
