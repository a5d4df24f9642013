# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for each gradient in a call of its own, and keeps the graph for neither."""

import torch


def intermediate_grads(f1, f2, x):
    leaf = x.detach().clone().requires_grad_()
    y = f1(leaf)
    z = f2(y)
    return torch.autograd.grad(z, y)[0].clone(), torch.autograd.grad(z, leaf)[0].clone()
