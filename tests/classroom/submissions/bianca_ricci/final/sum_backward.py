import torch


def sum_backward(f, x):
    z = x.detach().clone().requires_grad_()
    y = f(z)
    y.backward(gradient=torch.ones_like(y))
    return z.grad
