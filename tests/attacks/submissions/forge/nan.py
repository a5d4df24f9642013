"""Returns NaN everywhere, which a careless comparison takes for equal.
It must get: failed.
"""

import torch


def weighted_grad(f, x, v):
    return torch.full_like(x.detach(), float("nan"))
