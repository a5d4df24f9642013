# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sends one tangent for each output, in the shape of the output."""

import torch
from torch.autograd import forward_ad


def jacobian_by_columns(f, x):
    x = x.detach()
    y = f(x)
    rows = []
    for unit in torch.eye(y.numel(), dtype=x.dtype):
        with forward_ad.dual_level():
            dual = forward_ad.make_dual(x, unit.reshape(y.shape))
            value, tangent = forward_ad.unpack_dual(f(dual))
        rows.append(torch.zeros_like(value).flatten() if tangent is None else tangent.flatten())
    return torch.stack(rows)
