"""Returns another large value each time, to fill what the judge remembers.
It must get: failed.
"""

import torch

CALLS = []


def weighted_grad(f, x, v):
    CALLS.append(1)
    return torch.full((200_000,), float(len(CALLS)), dtype=torch.float64)
