"""Returns a nested tensor.
It must get: failed.
"""

import warnings

import torch

warnings.simplefilter("ignore")


def weighted_grad(f, x, v):
    return torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)])
