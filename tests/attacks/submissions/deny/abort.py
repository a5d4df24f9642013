"""Aborts, which would leave a dump of its memory.
It must get: crashed, and no dump.
"""

import os


def weighted_grad(f, x, v):
    os.abort()
