# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sends the gradient of val at the old point back through the step."""

import torch


def meta_grad(train, val, w, lr):
    leaf = w.detach().clone().requires_grad_()
    (inner,) = torch.autograd.grad(train(leaf), leaf, create_graph=True)
    stepped = leaf - lr * inner
    (slope,) = torch.autograd.grad(val(leaf), leaf)
    return torch.autograd.grad(stepped, leaf, slope)[0]
