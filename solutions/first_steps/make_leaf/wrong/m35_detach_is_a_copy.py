# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes detach() for a copy."""

import torch


def make_leaf(values, dtype=torch.float32):
    return torch.as_tensor(values, dtype=dtype).detach().requires_grad_()
