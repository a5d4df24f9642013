"""Returns infinities, so that a relative tolerance becomes infinite too.
It must get: failed.
"""

import torch


def weighted_grad(f, x, v):
    return torch.full_like(x.detach(), float("inf"))
