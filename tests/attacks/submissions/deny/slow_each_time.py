"""Takes nearly all the time that a call may have, at every call.
It must get: timeout, when the whole time is spent.
"""

import time


def weighted_grad(f, x, v):
    end = time.process_time() + 0.6
    while time.process_time() < end:
        pass
    return x * 0
