# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for create_graph although nobody differentiates the gradients again."""

import torch


def per_example_grads(f, X):
    leaf = X.detach().clone().requires_grad_()
    total = torch.stack([f(row) for row in leaf]).sum()
    return torch.autograd.grad(total, leaf, create_graph=True)[0]
