# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives as many ones as y has rows."""

import torch


def sum_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    y.backward(torch.ones(len(y)))
    return leaf.grad
