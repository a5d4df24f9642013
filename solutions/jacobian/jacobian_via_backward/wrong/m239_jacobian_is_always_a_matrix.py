# canary: autograd-grader-withheld-5c1f9a2e7b
"""Stacks the gradients as they are: their shape is that of x, and is not flattened."""

import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = []
    for one_hot in torch.eye(y.numel(), dtype=y.dtype):
        leaf.grad = None
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        rows.append(leaf.grad.clone())
    return torch.stack(rows)
