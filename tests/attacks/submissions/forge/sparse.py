"""Returns sparse tensors, with a gradient that is sparse too.
It must get: failed.
"""

import torch


def weighted_grad(f, x, v):
    return torch.zeros(x.shape).to_sparse()
