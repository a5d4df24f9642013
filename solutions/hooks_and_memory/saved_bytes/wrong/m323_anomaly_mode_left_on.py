# canary: autograd-grader-withheld-5c1f9a2e7b
"""Enters the hooks and never leaves them."""

import torch


def saved_bytes(f, x):
    kept = {}

    def pack(tensor):
        kept[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage()
        return tensor

    leaf = x.detach().clone().requires_grad_()
    torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor).__enter__()
    y = f(leaf)
    return sum(storage.nbytes() for storage in kept.values()) if y.requires_grad else 0
