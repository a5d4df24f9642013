"""Reads its own environment, as Python and as the C library see it, for secrets and folders.
It must get: error, and an environment without either.
"""

import ctypes
import os


def weighted_grad(f, x, v):
    raw = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    found, index = [f"{name}={value}" for name, value in os.environ.items()], 0
    while raw and raw[index]:
        found.append(raw[index].decode())
        index += 1
    telling = [line for line in found if any(word in line for word in ("GRADER", "HOME=", "@COURSE@", "PYTEST"))]
    if telling:
        raise RuntimeError(f"WON {telling}")
    raise ValueError("nothing found")
