"""torch.autograd.grad for each part, added up by hand."""

import torch


def accumulated_grad(loss, w, X, sizes):
    leaf = w.detach().requires_grad_()
    total = torch.zeros_like(w)
    start = 0
    for size in sizes:
        value = loss(leaf, X[start : start + size])
        (gradient,) = torch.autograd.grad(value, leaf)
        total += gradient * (size / len(X))
        start += size
    return total.detach()
