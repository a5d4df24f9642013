"""Keeps the storages that are packed, and gives handles to them."""

import torch


def saved_for_backward(f, x):
    packed = []

    def pack(tensor):
        packed.append(tensor)
        return len(packed) - 1

    leaf = x.detach().clone().requires_grad_(True)
    with torch.autograd.graph.saved_tensors_hooks(pack, packed.__getitem__):
        y = f(leaf)
    if y.grad_fn is None:
        return False, False
    same = lambda a, b: a.untyped_storage()._cdata == b.untyped_storage()._cdata
    return any(same(t, leaf) for t in packed), any(same(t, y) for t in packed)
