"""A clone of x gets its values overwritten, out of autograd's sight."""

import torch


def straight_through(q, x):
    result = x.clone()
    with torch.no_grad():
        result.data.copy_(q(x.detach()))
    return result
