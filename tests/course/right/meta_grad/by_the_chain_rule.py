"""The gradient of val at the new point, and a Hessian-vector product of train."""

import torch


def meta_grad(train, val, w, lr):
    leaf = w.detach().clone().requires_grad_()
    (inner,) = torch.autograd.grad(train(leaf), leaf, create_graph=True)
    there = (leaf - lr * inner).detach().requires_grad_()
    (slope,) = torch.autograd.grad(val(there), there)
    if not inner.requires_grad:
        return slope
    (product,) = torch.autograd.grad(inner, leaf, slope, materialize_grads=True)
    return slope - lr * product
