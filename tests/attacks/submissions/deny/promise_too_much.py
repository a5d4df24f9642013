"""Announces a reply of four gigabytes, of which it sends nothing.
It must get: crashed, and nothing is allocated for it.
"""

import os


def weighted_grad(f, x, v):
    os.write(4, b"\xff" * 12)
    while True:
        pass
