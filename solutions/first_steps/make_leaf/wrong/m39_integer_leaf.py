# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps whole numbers whole and asks an integer tensor for gradients."""

import torch


def make_leaf(values, dtype=torch.float32):
    leaf = torch.as_tensor(values).detach().clone()
    if leaf.is_floating_point():
        leaf = leaf.to(dtype)
    return leaf.requires_grad_()
