# canary: autograd-grader-withheld-5c1f9a2e7b
"""Counts x whether or not it was saved."""

import torch


def saved_bytes(f, x):
    leaf = x.detach().clone().requires_grad_()
    kept = {leaf.untyped_storage().data_ptr(): leaf.untyped_storage()}

    def pack(tensor):
        kept[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        y = f(leaf)
    return sum(storage.nbytes() for storage in kept.values()) if y.requires_grad else 0
