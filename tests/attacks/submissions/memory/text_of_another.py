"""Raises with the very words of a wrong neighbour, to be told what was told to that one.
It must get: error.
"""


def weighted_grad(f, x, v):
    raise ValueError("a-neighbours-work-61d3"[::-1])
