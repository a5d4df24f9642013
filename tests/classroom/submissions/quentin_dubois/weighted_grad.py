import torch


def weighted_grad(f, x, v):
    x.requires_grad_(True)
    s = torch.sum(f(x) * v)
    return torch.autograd.grad(s, [x])[0]
