"""Prints for ever.
It must get: crashed, for printing too much.
"""


def weighted_grad(f, x, v):
    while True:
        print("x" * 1000)
