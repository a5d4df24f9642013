# canary: autograd-grader-withheld-5c1f9a2e7b
"""Counts every saved tensor."""

import torch


def saved_bytes(f, x):
    sizes = []

    def pack(tensor):
        sizes.append(tensor.numel() * tensor.element_size())
        return tensor

    leaf = x.detach().clone().requires_grad_()
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        y = f(leaf)
    return sum(sizes) if y.requires_grad else 0
