# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the tensors of the caller and leaves it so."""

import torch


def gradient_penalty(f, params, x):
    for tensor in (*params, x):
        tensor.requires_grad_()
    y = f(params, x)
    (slope,) = torch.autograd.grad(y, x, create_graph=True, materialize_grads=True)
    return list(torch.autograd.grad(y + (slope**2).sum(), params, materialize_grads=True))
