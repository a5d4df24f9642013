# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes a clone for a new leaf, which it is not when values requires grad."""

import torch


def make_leaf(values, dtype=torch.float32):
    return torch.as_tensor(values, dtype=dtype).clone().requires_grad_()
