"""Returns another value at every call, and changes what it returned before.
It must get: failed.
"""

import random

import torch

BEFORE = []


def weighted_grad(f, x, v):
    for value in BEFORE:
        value.fill_(random.random())
    BEFORE.append(torch.rand_like(x.detach()))
    return BEFORE[-1]
