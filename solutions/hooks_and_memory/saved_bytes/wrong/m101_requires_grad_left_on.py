# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the x of the caller."""

import torch


def saved_bytes(f, x):
    kept = {}

    def pack(tensor):
        kept[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        y = f(x.requires_grad_())
    return sum(storage.nbytes() for storage in kept.values()) if y.requires_grad else 0
