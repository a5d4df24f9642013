"""One call of torch.autograd.grad for both."""

import torch


def intermediate_grads(f1, f2, x):
    leaf = x.detach().requires_grad_()
    y = f1(leaf)
    at_y, at_x = torch.autograd.grad(f2(y), [y, leaf])
    return at_y.clone(), at_x.clone()
