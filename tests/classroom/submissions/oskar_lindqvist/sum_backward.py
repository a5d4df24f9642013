import torch


def sum_backward(f, x):
    a = x.detach().clone().requires_grad_()
    ones = torch.ones(x.shape, dtype=x.dtype)
    return torch.autograd.grad(f(a), a, ones)[0]
