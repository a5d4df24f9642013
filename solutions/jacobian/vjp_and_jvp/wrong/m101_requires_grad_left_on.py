# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the caller's x and v."""

import torch


def vjp_and_jvp(f, x, v, u):
    x.requires_grad_()
    v.requires_grad_()
    (vjp,) = torch.autograd.grad(f(x), x, v, create_graph=True)
    (jvp,) = torch.autograd.grad(vjp, v, u)
    return vjp.detach(), jvp
