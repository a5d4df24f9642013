"""Returns a tensor of 2**60 entries that takes four bytes.
It must get: failed, and nothing is allocated for it.
"""

import torch


def weighted_grad(f, x, v):
    return torch.zeros(1).expand(2**30, 2**30)
