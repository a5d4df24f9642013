"""Writes to the standard error for ever, past Python's own stream.
It must get: crashed, for printing too much.
"""

import os


def weighted_grad(f, x, v):
    while True:
        os.write(2, b"\xff\x00\x1b" * 4000)
