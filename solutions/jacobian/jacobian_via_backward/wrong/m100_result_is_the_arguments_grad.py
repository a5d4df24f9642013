# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiates the argument itself, and for a single output returns its .grad, only reshaped."""

import torch


def jacobian_via_backward(f, x):
    x.requires_grad_()
    y = f(x)
    if y.numel() == 1:
        x.grad = None
        y.backward(torch.ones_like(y))
        return x.grad.reshape(1, -1)
    rows = []
    for one_hot in torch.eye(y.numel(), dtype=y.dtype):
        x.grad = None
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        rows.append(x.grad.flatten())
    return torch.stack(rows)
