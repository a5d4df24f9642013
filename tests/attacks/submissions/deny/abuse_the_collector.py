"""Lets the garbage collector call back into an endless loop, and thaws what the zygote froze.
It must get: timeout.
"""

import gc


def back(phase, info):
    while True:
        pass


def weighted_grad(f, x, v):
    gc.unfreeze()
    gc.set_threshold(1)
    gc.callbacks.append(back)
    gc.collect()
    return [[] for _ in range(100_000)]
