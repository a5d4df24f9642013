# canary: autograd-grader-withheld-5c1f9a2e7b
"""Leaves the overwritten places their weights."""

import torch


def vjp_setitem(base, value, index, v):
    new = value.detach().clone().requires_grad_()
    out = torch.zeros_like(base)
    out[index] = new
    return v.detach().clone(), torch.autograd.grad(out, new, v)[0]
