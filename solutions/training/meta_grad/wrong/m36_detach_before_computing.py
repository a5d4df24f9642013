# canary: autograd-grader-withheld-5c1f9a2e7b
"""Detaches the stepped weights and asks for w all the same."""

import torch


def meta_grad(train, val, w, lr):
    leaf = w.detach().clone().requires_grad_()
    (inner,) = torch.autograd.grad(train(leaf), leaf)
    stepped = (leaf - lr * inner).detach()
    return torch.autograd.grad(val(stepped), leaf)[0]
