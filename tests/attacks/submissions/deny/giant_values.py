"""Returns in turn two hundred megabytes of text, bytes, tensor and a number with a million digits.
It must get: failed or memory, and nothing of that size is sent.
"""

import itertools

import torch

VALUES = itertools.cycle(
    (
        lambda: "x" * (200 << 20),
        lambda: bytes(200 << 20),
        lambda: torch.zeros(50 << 20),
        lambda: 1 << 4_000_000,
        lambda: {"k" * (50 << 20): 1},
    )
)


def weighted_grad(f, x, v):
    return next(VALUES)()
