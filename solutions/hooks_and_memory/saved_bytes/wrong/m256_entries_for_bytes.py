# canary: autograd-grader-withheld-5c1f9a2e7b
"""Counts entries."""

import torch


def saved_bytes(f, x):
    kept = {}

    def pack(tensor):
        kept[tensor.untyped_storage().data_ptr()] = tensor.numel()
        return tensor

    leaf = x.detach().clone().requires_grad_()
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        y = f(leaf)
    return sum(kept.values()) if y.requires_grad else 0
