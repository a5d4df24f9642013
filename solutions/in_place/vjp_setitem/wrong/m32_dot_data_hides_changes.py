# canary: autograd-grader-withheld-5c1f9a2e7b
"""Writes through .data, so that the write is not recorded."""

import torch


def vjp_setitem(base, value, index, v):
    old, new = base.detach().clone().requires_grad_(), value.detach().clone().requires_grad_()
    out = old.clone()
    out.data[index] = new
    return torch.autograd.grad(out, (old, new), v, allow_unused=True)
