# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the tensors of the caller and leaves it so."""

import torch


def gradient(y, inputs):
    if not y.requires_grad:
        return [torch.zeros_like(x) for x in inputs]
    return torch.autograd.grad(y, inputs, create_graph=True, materialize_grads=True)


def mixed_partials(f, x1, x2):
    x1.requires_grad_()
    x2.requires_grad_()
    first = gradient(f(x1, x2), (x1, x2))
    rows = [torch.stack(gradient(derivative, (x1, x2))) for derivative in first]
    return torch.stack(rows).detach()
