# canary: autograd-grader-withheld-5c1f9a2e7b
"""Records how the gradients are computed, though nobody differentiates them."""

import torch


def intermediate_grads(f1, f2, x):
    leaf = x.detach().clone().requires_grad_()
    y = f1(leaf)
    at_y, at_x = torch.autograd.grad(f2(y), (y, leaf), create_graph=True)
    return at_y.clone(), at_x.clone()
