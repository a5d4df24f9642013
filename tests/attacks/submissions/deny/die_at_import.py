"""Ends its process while it is being loaded.
It must get: crashed, once.
"""

import os

os._exit(0)


def weighted_grad(f, x, v):
    return x * 0
