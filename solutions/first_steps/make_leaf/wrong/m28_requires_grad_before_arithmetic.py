# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on first and converts afterwards: what comes back is a result, no leaf."""

import torch


def make_leaf(values, dtype=torch.float32):
    leaf = torch.as_tensor(values, dtype=torch.float64).detach().clone()
    leaf.requires_grad_()
    return leaf.to(dtype, copy=True)
