import torch


def weighted_grad(f, x, v):
    point = x.detach().clone().requires_grad_()
    weighted = f(point) * v.detach()
    return torch.autograd.grad(weighted, point, v.detach())[0]
