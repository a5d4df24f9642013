# canary: autograd-grader-withheld-5c1f9a2e7b
"""Works on the x of the caller, where f may return it with the hook on it."""

import torch


def clip_by_hook(f, g, x, limit):
    asked = x.requires_grad
    y = f(x.requires_grad_())
    y.register_hook(lambda gradient: gradient.clamp(-limit, limit))
    (gradient,) = torch.autograd.grad(g(y), x)
    x.requires_grad_(asked)
    return gradient
