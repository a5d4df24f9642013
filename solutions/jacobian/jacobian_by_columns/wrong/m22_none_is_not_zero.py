# canary: autograd-grader-withheld-5c1f9a2e7b
"""Uses a tangent that is None."""

import torch
from torch.autograd import forward_ad


def jacobian_by_columns(f, x):
    x = x.detach()
    columns = []
    for unit in torch.eye(x.numel(), dtype=x.dtype):
        with forward_ad.dual_level():
            y = f(forward_ad.make_dual(x, unit.reshape(x.shape)))
            columns.append(forward_ad.unpack_dual(y).tangent.flatten())
    return torch.stack(columns, dim=1)
