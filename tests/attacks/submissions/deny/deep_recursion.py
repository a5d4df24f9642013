"""Recurses without end, with Python's own limit lifted.
It must get: crashed, error or memory.
"""

import sys

sys.setrecursionlimit(10**9)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x"[:0])


def weighted_grad(f, x, v):
    return repr(Deep().anything) + str(weighted_grad(f, x, v))
