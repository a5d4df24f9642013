# canary: autograd-grader-withheld-5c1f9a2e7b
"""Calls backward with ones, whatever the weights are."""

import torch


def vjp_matmul(x, w, v):  # noqa: ARG001 - that v is not used is the mistake
    x = x.detach().clone().requires_grad_()
    w = w.detach().clone().requires_grad_()
    y = x @ w.T
    y.backward(torch.ones_like(y))
    return x.grad, w.grad
