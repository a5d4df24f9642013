import torch


def sum_backward(f, x):
    return torch.func.grad(lambda at: f(at).sum())(x.detach())
