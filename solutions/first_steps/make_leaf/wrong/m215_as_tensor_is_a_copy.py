# canary: autograd-grader-withheld-5c1f9a2e7b
"""Expects a new tensor from as_tensor, which returns the very argument where nothing has to be converted."""

import torch


def make_leaf(values, dtype=torch.float32):
    return torch.as_tensor(values, dtype=dtype).requires_grad_()
