"""A dual number goes through the backward pass; its tangent is the product."""

import torch
from torch.autograd import forward_ad


def hvp(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    with forward_ad.dual_level():
        y = f(forward_ad.make_dual(leaf, v.detach()))
        if not y.requires_grad:
            return torch.zeros_like(leaf)
        (gradient,) = torch.autograd.grad(y, leaf)
        tangent = forward_ad.unpack_dual(gradient).tangent
        return torch.zeros_like(leaf) if tangent is None else tangent.detach().clone()
