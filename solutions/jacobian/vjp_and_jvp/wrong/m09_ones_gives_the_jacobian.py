# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes back with ones, both times."""

import torch


def vjp_and_jvp(f, x, v, u):  # noqa: ARG001 - that v and u are not used is the mistake
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    (first,) = torch.autograd.grad(y, leaf, torch.ones_like(y), retain_graph=True)
    (second,) = torch.autograd.grad(y, leaf, torch.ones_like(y))
    return first, second
