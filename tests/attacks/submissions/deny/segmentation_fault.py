"""Reads from address zero.
It must get: crashed.
"""

import ctypes


def weighted_grad(f, x, v):
    return ctypes.string_at(0)
