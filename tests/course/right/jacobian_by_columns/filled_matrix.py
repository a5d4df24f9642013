"""One dual level for all columns, written into a matrix made when m is known."""

import torch
from torch.autograd import forward_ad


def jacobian_by_columns(f, x):
    x = x.detach()
    result = None
    with forward_ad.dual_level():
        for j in range(x.numel()):
            tangent = torch.zeros(x.numel(), dtype=x.dtype)
            tangent[j] = 1.0
            y = f(forward_ad.make_dual(x.clone(), tangent.view(x.shape)))
            if result is None:
                result = torch.zeros(y.numel(), x.numel(), dtype=x.dtype)
            column = forward_ad.unpack_dual(y)[1]
            if column is not None:
                result[:, j] = column.flatten()
    return result
