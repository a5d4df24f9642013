"""Returns quantised, 8-bit float and bit-packed tensors, whose bytes mean something else.
It must get: failed.
"""

import itertools

import torch

KINDS = itertools.cycle(
    (
        lambda x: x.detach().float().to(torch.float8_e4m3fn),
        lambda x: torch.quantize_per_tensor(x.detach().float(), 0.1, 0, torch.qint8),
        lambda x: x.detach().to(torch.complex64).conj(),
    )
)


def weighted_grad(f, x, v):
    return next(KINDS)(x) * 0 if x.dim() > 9 else next(KINDS)(x)
