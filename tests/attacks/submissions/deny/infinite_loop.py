"""Loops for ever in Python.
It must get: timeout.
"""


def weighted_grad(f, x, v):
    while True:
        pass
