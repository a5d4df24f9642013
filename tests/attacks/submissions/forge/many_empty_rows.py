"""Returns a tensor without entries but with half a million rows, which is long to write down.
It must get: failed, and a report that is short.
"""

import torch


def weighted_grad(f, x, v):
    return torch.empty(500_000, 0)
