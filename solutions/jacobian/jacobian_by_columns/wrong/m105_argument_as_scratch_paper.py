# canary: autograd-grader-withheld-5c1f9a2e7b
"""Finds rows with backward, on the caller's own x, and tidies up only half of it."""

import torch


def jacobian_by_columns(f, x):
    wanted = x.requires_grad
    x.requires_grad_()
    y = f(x)
    rows = []
    for one_hot in torch.eye(y.numel(), dtype=y.dtype):
        x.grad = None
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        rows.append(x.grad.flatten())
    x.requires_grad_(wanted)
    return torch.stack(rows)
