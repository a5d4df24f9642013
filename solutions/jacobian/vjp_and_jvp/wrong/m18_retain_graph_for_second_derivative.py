# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the graph with retain_graph=True, but does not record the first derivative."""

import torch


def vjp_and_jvp(f, x, v, u):
    x = x.detach().clone().requires_grad_()
    v = v.detach().clone().requires_grad_()
    (vjp,) = torch.autograd.grad(f(x), x, v, retain_graph=True)
    (jvp,) = torch.autograd.grad(vjp, v, u.detach())
    return vjp, jvp
