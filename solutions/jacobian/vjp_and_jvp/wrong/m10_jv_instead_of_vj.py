# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes J v for what backward(v) gives."""

import torch


def vjp_and_jvp(f, x, v, u):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = []
    for one_hot in torch.eye(y.numel(), dtype=y.dtype):
        (row,) = torch.autograd.grad(y, leaf, one_hot.reshape(y.shape), retain_graph=True)
        rows.append(row.flatten())
    jacobian = torch.stack(rows)
    first = jacobian @ v.detach().flatten()
    second = jacobian @ u.detach().flatten()
    return first.reshape(x.shape), second.reshape(y.shape)
