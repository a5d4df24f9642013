# canary: autograd-grader-withheld-5c1f9a2e7b
"""Records the outer gradient too."""

import torch


def meta_grad(train, val, w, lr):
    leaf = w.detach().clone().requires_grad_()
    (inner,) = torch.autograd.grad(train(leaf), leaf, create_graph=True)
    return torch.autograd.grad(val(leaf - lr * inner), leaf, create_graph=True)[0]
