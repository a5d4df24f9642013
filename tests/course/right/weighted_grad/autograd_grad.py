import torch


def weighted_grad(f, x, v):
    point = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(f(point), point, grad_outputs=v.detach())
    return gradient.clone()
