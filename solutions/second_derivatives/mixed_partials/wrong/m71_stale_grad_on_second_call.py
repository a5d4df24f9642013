# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reads the first derivatives from the .grad of the arguments, where an old gradient may lie."""

import torch


def gradient(y, inputs):
    if not y.requires_grad:
        return [torch.zeros_like(x) for x in inputs]
    return torch.autograd.grad(y, inputs, create_graph=True, materialize_grads=True)


def mixed_partials(f, x1, x2):
    inputs = [x.requires_grad_() for x in (x1, x2)]
    rows = []
    for first in gradient(f(x1, x2), inputs):
        if first.requires_grad:
            first.backward(retain_graph=True)
        rows.append(torch.stack([torch.zeros_like(x) if x.grad is None else x.grad.clone() for x in inputs]))
        for x in inputs:
            x.grad = None
    return torch.stack(rows).detach()
