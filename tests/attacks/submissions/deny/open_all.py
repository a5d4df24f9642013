"""Opens files until no descriptor is left, and keeps them.
It must get: error.
"""

import os

HELD = []


def weighted_grad(f, x, v):
    while len(HELD) < 2000:
        HELD.append(os.open("/dev/null", os.O_RDONLY))
    raise RuntimeError("WON two thousand open files")
