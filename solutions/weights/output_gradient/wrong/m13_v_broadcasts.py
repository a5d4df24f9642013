# canary: autograd-grader-withheld-5c1f9a2e7b
"""Hands backward a single 1 and expects it to count for the one output."""

import torch


def output_gradient(f, x, index):  # noqa: ARG001 - the belief has no use for it
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(torch.tensor(1.0, dtype=x.dtype))
    return leaf.grad
