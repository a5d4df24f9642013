"""Returns an empty tensor whose shape is legal entry by entry and overflows when it is made anew.
It must get: failed or crashed, and not an error of the judge's.
"""

import torch


def weighted_grad(f, x, v):
    most = 2**31 - 1
    return torch.empty(0).as_strided((0, most, most, most), (1, 1, 1, 1))
