"""Computes a power so large that the interpreter never comes back to Python.
It must get: timeout or memory.
"""


def weighted_grad(f, x, v):
    return 10**10**10
