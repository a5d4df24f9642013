# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the derivative of y with respect to x for the gradient at y."""

import torch


def intermediate_grads(f1, f2, x):
    leaf = x.detach().clone().requires_grad_()
    y = f1(leaf)
    (before,) = torch.autograd.grad(y.sum(), leaf, retain_graph=True)
    f2(y).backward()
    return before, leaf.grad.clone()
