"""Writes its reply one byte at a time, for ever.
It must get: timeout.
"""

import os
import struct
import time


def weighted_grad(f, x, v):
    os.write(4, struct.pack("<III", 3, 200_000, 0))
    while True:
        os.write(4, b"\x91")
        time.sleep(0.05)
