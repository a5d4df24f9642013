"""Forks, up to twenty children.
It must get: error, and not one child.
"""

import os
import time


def weighted_grad(f, x, v):
    for _ in range(20):
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
    raise RuntimeError("WON twenty children")
