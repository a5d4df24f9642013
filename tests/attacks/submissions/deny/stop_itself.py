"""Stops itself, so that it neither answers nor ends.
It must get: timeout.
"""

import os
import signal


def weighted_grad(f, x, v):
    os.kill(os.getpid(), signal.SIGSTOP)
