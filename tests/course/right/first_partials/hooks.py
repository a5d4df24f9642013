"""Hooks on the leaves collect the gradients as they arrive."""

import torch


def first_partials(f, x1, x2):
    found = {}
    leaves = [x.clone().detach().requires_grad_() for x in (x1, x2)]
    for index, leaf in enumerate(leaves):
        leaf.register_hook(lambda gradient, index=index: found.__setitem__(index, gradient.clone()))
    y = f(*leaves)
    if y.requires_grad:
        y.backward()
    return tuple(found.get(index, torch.zeros_like(x1)) for index in range(2))
