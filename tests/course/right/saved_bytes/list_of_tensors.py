"""Collects what is packed and throws doubles out at the end."""

import torch


def saved_bytes(f, x):
    packed = []
    hooks = torch.autograd.graph.saved_tensors_hooks(lambda t: (packed.append(t), t)[1], lambda t: t)
    with hooks:
        y = f(x.clone().detach().requires_grad_(True))
    if y.grad_fn is None:
        return 0
    first = {}
    for tensor in packed:
        first.setdefault(tensor.untyped_storage().data_ptr(), tensor)
    return sum(tensor.untyped_storage().nbytes() for tensor in first.values())
