import torch


def weighted_grad(f, x, v):
    leaf = x.detach().clone()
    leaf.requires_grad_(True)
    out = f(leaf)
    out.backward(v)
    return leaf.grad
