# canary: autograd-grader-withheld-5c1f9a2e7b
"""Collects the .grad object itself and never clears it."""

import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = []
    for one_hot in torch.eye(y.numel(), dtype=y.dtype):
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        rows.append(leaf.grad)
    return torch.stack(rows).reshape(y.numel(), x.numel())
