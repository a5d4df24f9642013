# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes what the weight 1 brings back for the derivative."""

import torch


def wirtinger(f, z):
    leaf = z.detach().clone().requires_grad_()
    y = f(leaf) + 0 * leaf
    (gradient,) = torch.autograd.grad(y, leaf, torch.ones_like(y))
    return gradient, torch.zeros_like(gradient)
