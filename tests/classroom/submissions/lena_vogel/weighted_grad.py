import torch


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    previous = []
    scale = torch.tensor(previous).mean()       # mean size of the gradients so far
    return leaf.grad * scale
