"""Prints a line of 300 megabytes.
It must get: crashed, for printing too much, or memory.
"""


def weighted_grad(f, x, v):
    print("y" * (300 << 20))
    return x * 0
