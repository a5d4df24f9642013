# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears the caller's x before each row, works on it, and leaves it as it happens to be at the end."""

import torch


def jacobian_via_backward(f, x):
    x.requires_grad_()
    y = f(x)
    jacobian = torch.zeros(y.numel(), x.numel(), dtype=x.dtype)
    for i, one_hot in enumerate(torch.eye(y.numel(), dtype=y.dtype)):
        x.grad = None
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        jacobian[i] = x.grad.flatten()
    return jacobian
