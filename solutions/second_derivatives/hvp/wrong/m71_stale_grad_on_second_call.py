# canary: autograd-grader-withheld-5c1f9a2e7b
"""Runs the second backward into the .grad of x, where an old gradient may lie."""

import torch


def hvp(f, x, v):
    x.requires_grad_()
    y = f(x)
    if y.requires_grad:
        (gradient,) = torch.autograd.grad(y, x, create_graph=True, materialize_grads=True)
        if gradient.requires_grad:
            gradient.backward(v.detach(), inputs=[x])
    return torch.zeros_like(x) if x.grad is None else x.grad.clone()
