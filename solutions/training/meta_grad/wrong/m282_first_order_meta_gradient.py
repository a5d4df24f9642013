# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the gradient of val at the new point for the whole."""

import torch


def meta_grad(train, val, w, lr):
    leaf = w.detach().clone().requires_grad_()
    (inner,) = torch.autograd.grad(train(leaf), leaf)
    stepped = leaf - lr * inner
    return torch.autograd.grad(val(stepped), leaf)[0]
