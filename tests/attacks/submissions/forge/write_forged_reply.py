"""Writes a reply of its own making, with a guessed value, to the pipe and ends.
It must get: failed or crashed, for a guess is a guess.
"""

import os
import struct
import sys

msgpack = sys.modules["msgpack"]


def weighted_grad(f, x, v):
    number = sys._getframe(3).f_locals.get("number", 3)
    value = ["tensor", "float32", [3], 0, 12, False, None, 0]
    tree = msgpack.packb(["observed", [[value, None, []]]])
    os.write(4, struct.pack("<III", number, len(tree), 12) + tree + struct.pack("<3f", 1.0, 2.0, 3.0))
    os._exit(0)
