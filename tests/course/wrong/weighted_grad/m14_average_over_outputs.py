import torch


def weighted_grad(f, x, v):
    v = v.detach()
    point = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(point), point, v / v.numel())[0]
