import torch


def solve(f, x):
    z = x.detach().clone().requires_grad_()
    f(z).sum().backward()
    return z.grad
