# canary: autograd-grader-withheld-5c1f9a2e7b
"""Walks the graph of y once for x and once more for w, though it is freed after the first time."""

import torch


def vjp_matmul(x, w, v):
    x = x.detach().clone().requires_grad_()
    w = w.detach().clone().requires_grad_()
    y = x @ w.T
    dx = torch.autograd.grad(y, x, v)[0]
    dw = torch.autograd.grad(y, w, v)[0]
    return dx, dw
