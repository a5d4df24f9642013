import torch


def sum_backward(f, x):
    x.requires_grad = True
    y = f(x)
    y.backward(torch.ones_like(y))
    return 1.0 * x.grad
