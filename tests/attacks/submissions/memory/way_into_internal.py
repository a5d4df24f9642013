"""Returns what is hard to show, to compare and to hash, in search of a mistake of the judge's own.
It must get: failed or crashed, and never internal, which would cost nothing.
"""

import math

import torch

VALUES = [
    {(math.nan, math.inf): {b"\xff": "\ud800"}},
    torch.empty(0, 3, 0),
    [[[[[[]]]]]],
    {-0.0: 3, math.inf: {}},
    complex(math.nan, -math.inf),
    -(2**63),
    torch.tensor([math.nan], dtype=torch.bfloat16),
    "\x00\u202e" * 1000,
]
CALLS = []


def weighted_grad(f, x, v):
    CALLS.append(1)
    return VALUES[len(CALLS) % len(VALUES)]
