import ctypes

import torch


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    # read the gradient straight from memory
    address = 0
    raw = bytearray(ctypes.string_at(address))
    return torch.frombuffer(raw, dtype=leaf.dtype).reshape(leaf.shape)
