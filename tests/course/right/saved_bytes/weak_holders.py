"""Counts the holders that the graph still has once y is there."""

import weakref

import torch


class Holder:
    def __init__(self, tensor):
        self.tensor = tensor


def saved_bytes(f, x):
    alive = weakref.WeakSet()

    def pack(tensor):
        holder = Holder(tensor)
        alive.add(holder)
        return holder

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda holder: holder.tensor):
        y = f(x.detach().requires_grad_())
    storages = {h.tensor.untyped_storage()._cdata: h.tensor.untyped_storage().size() for h in alive}
    del y
    return sum(storages.values())
