"""One autograd.grad for each entry of the output."""

import torch


def jacobian_via_backward(f, x):
    x = x.detach().requires_grad_()
    y = f(x).flatten()
    rows = [torch.autograd.grad(y, x, torch.eye(len(y), dtype=y.dtype)[i], retain_graph=True) for i in range(len(y))]
    return torch.stack([row.flatten() for (row,) in rows])
