# canary: autograd-grader-withheld-5c1f9a2e7b
"""Counts a storage once, but with the size of the view that was saved."""

import torch


def saved_bytes(f, x):
    kept = {}

    def pack(tensor):
        kept[tensor.untyped_storage().data_ptr()] = tensor.numel() * tensor.element_size()
        return tensor

    leaf = x.detach().clone().requires_grad_()
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        y = f(leaf)
    return sum(kept.values()) if y.requires_grad else 0
