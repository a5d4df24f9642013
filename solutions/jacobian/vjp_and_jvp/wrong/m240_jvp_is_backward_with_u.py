# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes back a second time, with u as the weights."""

import torch


def vjp_and_jvp(f, x, v, u):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    (first,) = torch.autograd.grad(y, leaf, v.detach(), retain_graph=True)
    (second,) = torch.autograd.grad(y, leaf, u.detach())
    return first, second
