# canary: autograd-grader-withheld-5c1f9a2e7b
"""Stacks the tangents as rows."""

import torch
from torch.autograd import forward_ad


def jacobian_by_columns(f, x):
    x = x.detach()
    tangents = []
    for unit in torch.eye(x.numel(), dtype=x.dtype):
        with forward_ad.dual_level():
            value, tangent = forward_ad.unpack_dual(f(forward_ad.make_dual(x, unit.reshape(x.shape))))
        tangents.append(torch.zeros_like(value).flatten() if tangent is None else tangent.flatten())
    return torch.stack(tangents)
