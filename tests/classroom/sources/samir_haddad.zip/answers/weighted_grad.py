import torch


def weighted_grad(f, x, v):
    p = x.detach().clone().requires_grad_()
    y = f(p)
    y.backward(torch.ones_like(y))
    slope = p.grad
    return slope * v.view(slope.shape)        # weight every slope
