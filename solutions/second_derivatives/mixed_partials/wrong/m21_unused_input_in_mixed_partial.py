# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes for granted that every derivative contains both variables."""

import torch


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    y = f(x1, x2)
    first_1 = torch.autograd.grad(y, x1, create_graph=True)[0]
    first_2 = torch.autograd.grad(y, x2, create_graph=True)[0]
    second_11 = torch.autograd.grad(first_1, x1, retain_graph=True)[0]
    second_12 = torch.autograd.grad(first_1, x2, retain_graph=True)[0]
    second_21 = torch.autograd.grad(first_2, x1, retain_graph=True)[0]
    second_22 = torch.autograd.grad(first_2, x2, retain_graph=True)[0]
    return torch.stack([torch.stack([second_11, second_12]), torch.stack([second_21, second_22])])
