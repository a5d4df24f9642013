"""Returns as much as a message may hold, at every call.
It must get: failed.
"""

import torch


def weighted_grad(f, x, v):
    return torch.zeros((4 << 20) - 4096, dtype=torch.uint8)
