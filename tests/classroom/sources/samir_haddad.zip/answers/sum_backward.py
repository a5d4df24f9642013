import torch


def sum_backward(f, x):
    p = x.detach().clone().requires_grad_()
    n = x.shape[0]
    return torch.autograd.grad(f(p), p, torch.ones(n))[0]
