# canary: autograd-grader-withheld-5c1f9a2e7b
"""One where around both branches. Indistinguishable from M284: 0 times the slope is added either way."""

import torch


def safe_where_grad(cond, f, g, x, safe):  # noqa: ARG001 - to do without safe is the mistake
    leaf = x.detach().clone().requires_grad_()
    y = torch.where(cond(leaf), f(leaf), g(leaf))
    return torch.autograd.grad(y.sum(), leaf)[0]
