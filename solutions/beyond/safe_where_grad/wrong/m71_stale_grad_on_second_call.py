# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes backward into the .grad of the caller, where an old gradient may lie."""

import torch


def safe_where_grad(cond, f, g, x, safe):
    x.requires_grad_()
    picked = cond(x)
    y = torch.where(picked, f(torch.where(picked, x, safe)), g(torch.where(picked, safe, x)))
    y.sum().backward()
    return x.grad.clone()
