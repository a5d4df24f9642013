# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for a graph of the gradients, so that they depend on v."""

import torch


def vjp_setitem(base, value, index, v):
    old, new = base.detach().clone().requires_grad_(), value.detach().clone().requires_grad_()
    out = old.clone()
    out[index] = new
    return torch.autograd.grad(out, (old, new), v, create_graph=True)
