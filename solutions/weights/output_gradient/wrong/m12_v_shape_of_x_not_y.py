# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sets a one in weights of the shape of x."""

import torch


def output_gradient(f, x, index):
    leaf = x.detach().clone().requires_grad_()
    v = torch.zeros_like(leaf)
    v.view(-1)[index if isinstance(index, int) else index[-1]] = 1
    f(leaf).backward(v)
    return leaf.grad
