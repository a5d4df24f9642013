"""Closes every descriptor it has, the pipes to the judge among them.
It must get: crashed.
"""

import os


def weighted_grad(f, x, v):
    os.closerange(0, 64)
    return x * 0
