"""Remembers inputs and answers over calls and processes, to answer a repeated question from memory.
It must get: failed, for no answer is ever told to it.
"""

from pathlib import Path

SEEN = {}
PLACE = Path("@MARKER@/remembered")


def weighted_grad(f, x, v):
    key = repr((f, x, v))
    SEEN[key] = SEEN.get(key, 0) + 1
    try:
        PLACE.write_text(repr(SEEN))
        print("WON", PLACE)
    except OSError:
        pass
    return x * SEEN[key]
