"""Ends its process by os._exit, as if all were well.
It must get: crashed.
"""

import os


def weighted_grad(f, x, v):
    os._exit(0)
