# canary: autograd-grader-withheld-5c1f9a2e7b
"""Puts its write into the caller's graph and adds to the .grad of value alone."""

import torch


def vjp_setitem(base, value, index, v):
    old = base.detach().clone().requires_grad_()
    value.requires_grad_()
    out = old.clone()
    out[index] = value
    out.backward(torch.as_tensor(v).detach())
    return old.grad, value.grad
