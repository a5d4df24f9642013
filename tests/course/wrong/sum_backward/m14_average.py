import torch


def sum_backward(f, x):
    at = x.detach().requires_grad_()
    y = f(at)
    return torch.autograd.grad(y, at, torch.full_like(y, 1 / y.numel()))[0].clone()
