"""Asks torch for a tensor of four terabytes, then for many small ones.
It must get: memory.
"""

import torch

HELD = []


def weighted_grad(f, x, v):
    try:
        return torch.empty(2**40)
    except RuntimeError:
        while len(HELD) < 1000:
            HELD.append(torch.ones(16 << 20))
