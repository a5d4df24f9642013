import torch


def weighted_grad(f, x, v):
    a = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(a), a, grad_outputs=v.view_as(a))[0]
