"""The slope of the logistic function, entry by entry."""

import torch


def vjp_softmax(z, v):
    p = torch.nn.functional.softmax(z.detach().clone(), dim=-1)
    slope = p - p**2
    return slope.mul(v.detach())
