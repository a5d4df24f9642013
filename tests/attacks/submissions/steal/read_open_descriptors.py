"""Looks for descriptors left open by the zygote, and reads from them.
It must get: error, and none but its pipes.
"""

import os


def weighted_grad(f, x, v):
    for number in range(5, 2000):
        try:
            status = os.fstat(number)
        except OSError:
            continue
        raise RuntimeError(f"WON descriptor {number}: {status}")
    raise ValueError("nothing found")
