# canary: autograd-grader-withheld-5c1f9a2e7b
"""Uses only the first number of the index, which picks a whole row."""

import torch


def output_gradient(f, x, index):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    v = torch.zeros_like(y)
    v[index if isinstance(index, int) else index[:1]] = 1
    y.backward(v)
    return leaf.grad
