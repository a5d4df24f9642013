"""Raises an exception with a message of a hundred megabytes.
It must get: error or memory, with the message cut.
"""


def weighted_grad(f, x, v):
    raise ValueError("loud " * (20 << 20))
