# canary: autograd-grader-withheld-5c1f9a2e7b
"""Puts the gradient of output i into column i."""

import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    jacobian = torch.zeros(x.numel(), y.numel(), dtype=x.dtype)
    for i, one_hot in enumerate(torch.eye(y.numel(), dtype=y.dtype)):
        leaf.grad = None
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        jacobian[:, i] = leaf.grad.flatten()
    return jacobian
