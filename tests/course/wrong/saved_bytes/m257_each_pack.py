"""Adds up whatever comes by."""

import torch


def saved_bytes(f, x):
    total = 0

    def pack(t):
        nonlocal total
        total += t.numel() * t.itemsize
        return t

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
        y = f(x.detach().clone().requires_grad_())
    return total if y.grad_fn else 0
