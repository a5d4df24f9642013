# canary: autograd-grader-withheld-5c1f9a2e7b
"""Does not detach x, so what x requires is required of the tangents too."""

import torch
from torch.autograd import forward_ad


def jacobian_by_columns(f, x):
    columns = []
    for unit in torch.eye(x.numel(), dtype=x.dtype):
        with forward_ad.dual_level():
            y = f(forward_ad.make_dual(x, unit.reshape(x.shape)))
            value, tangent = forward_ad.unpack_dual(y)
        columns.append(torch.zeros_like(value).flatten() if tangent is None else tangent.flatten())
    return torch.stack(columns, dim=1)
