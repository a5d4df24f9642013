"""Lets its pipes lead into one another.
It must get: crashed or timeout.
"""

import os


def weighted_grad(f, x, v):
    os.dup2(4, 1)
    os.dup2(2, 4)
    print("into the reply pipe", flush=True)
    return x * 0
