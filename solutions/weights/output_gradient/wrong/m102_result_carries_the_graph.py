# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for create_graph although nobody differentiates the gradient again."""

import torch


def output_gradient(f, x, index):
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf)[index], leaf, create_graph=True)[0]
