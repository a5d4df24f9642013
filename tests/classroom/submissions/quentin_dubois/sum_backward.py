import torch


def sum_backward(f, x):
    x.requires_grad_(True)
    y = f(x)
    return torch.autograd.grad([y], [x], [torch.ones_like(y)])[0]
