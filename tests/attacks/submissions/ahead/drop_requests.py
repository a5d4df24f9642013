"""Computes the right values, but reads the judge's next requests from the pipe and throws them away.
It must get: no more than its right values earn; the judge waits for the others, and not for ever.
"""

import fcntl
import os


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    fcntl.fcntl(3, fcntl.F_SETFL, os.O_NONBLOCK)
    try:
        while os.read(3, 1 << 16):
            pass
    except BlockingIOError:
        pass
    fcntl.fcntl(3, fcntl.F_SETFL, 0)
    return leaf.grad
