# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiates the sum of the outputs, then multiplies by v and by u."""

import torch


def vjp_and_jvp(f, x, v, u):
    leaf = x.detach().clone().requires_grad_()
    (grad,) = torch.autograd.grad(f(leaf).sum(), leaf)
    return grad * v.detach(), grad * u.detach()
