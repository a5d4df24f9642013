import torch


def sum_backward(f, x):
    leaf = x.detach().clone()
    leaf.requires_grad_(True)
    f(leaf).sum().backward()
    return leaf.grad
