"""f2 is differentiated at a detached y, and the result is handed on to f1."""

import torch


def intermediate_grads(f1, f2, x):
    leaf = torch.clone(x.detach()).requires_grad_()
    y = f1(leaf)
    middle = y.detach().clone().requires_grad_()
    f2(middle).backward()
    y.backward(middle.grad.clone())
    return middle.grad, leaf.grad
