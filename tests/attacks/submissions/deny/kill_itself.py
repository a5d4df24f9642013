"""Sends itself the signal that cannot be caught.
It must get: crashed.
"""

import os
import signal


def weighted_grad(f, x, v):
    os.kill(os.getpid(), signal.SIGKILL)
