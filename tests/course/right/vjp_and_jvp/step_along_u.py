"""J u as the derivative of f(x + t u) with respect to the number t."""

import torch


def vjp_and_jvp(f, x, v, u):
    point, direction = x.detach(), u.detach()
    leaf = point.clone().requires_grad_()
    (first,) = torch.autograd.grad(f(leaf), leaf, v.detach())
    t = torch.zeros((), dtype=point.dtype, requires_grad=True)
    y = f(point + t * direction)
    weights = torch.zeros_like(y, requires_grad=True)
    (slope,) = torch.autograd.grad(y, t, weights, create_graph=True)
    (second,) = torch.autograd.grad(slope, weights)
    return first, second
