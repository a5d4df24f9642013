# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sets the weights of the caller to zero where base was overwritten."""

import torch


def vjp_setitem(base, value, index, v):
    new = value.detach().clone().requires_grad_()
    out = torch.zeros_like(base)
    out[index] = new
    (d_value,) = torch.autograd.grad(out, new, v)
    v.detach()[index] = 0
    return v.detach().clone(), d_value
