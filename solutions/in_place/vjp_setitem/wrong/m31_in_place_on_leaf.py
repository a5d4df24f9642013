# canary: autograd-grader-withheld-5c1f9a2e7b
"""Writes into the leaf itself."""

import torch


def vjp_setitem(base, value, index, v):
    out = base.detach().clone().requires_grad_()
    new = value.detach().clone().requires_grad_()
    out[index] = new
    return torch.autograd.grad(out, (out, new), v)
