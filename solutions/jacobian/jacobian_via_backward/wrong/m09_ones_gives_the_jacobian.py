# canary: autograd-grader-withheld-5c1f9a2e7b
"""Expects all partial derivatives from one backward with ones."""

import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    y.backward(torch.ones_like(y))
    return leaf.grad
