"""Takes memory by shared and huge anonymous maps, which some limits do not count.
It must get: error or memory.
"""

import mmap

HELD = []


def weighted_grad(f, x, v):
    for _ in range(64):
        HELD.append(mmap.mmap(-1, 64 << 20))
        HELD[-1][:] = b"x" * (64 << 20)
    raise RuntimeError("WON four gigabytes")
