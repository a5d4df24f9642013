# canary: autograd-grader-withheld-5c1f9a2e7b
"""Leaves the graph that create_graph=True recorded in the first result."""

import torch


def vjp_and_jvp(f, x, v, u):
    x = x.detach().clone().requires_grad_()
    v = v.detach().clone().requires_grad_()
    (vjp,) = torch.autograd.grad(f(x), x, v, create_graph=True)
    (jvp,) = torch.autograd.grad(vjp, v, u.detach(), create_graph=True)
    return vjp, jvp
