# canary: autograd-grader-withheld-5c1f9a2e7b
"""Writes plain numbers, which carry no graph."""

import torch


def vjp_setitem(base, value, index, v):
    old, new = base.detach().clone().requires_grad_(), value.detach().clone().requires_grad_()
    out = old.clone()
    out[index] = torch.tensor(new.tolist(), dtype=new.dtype)
    return torch.autograd.grad(out, (old, new), v, allow_unused=True)
