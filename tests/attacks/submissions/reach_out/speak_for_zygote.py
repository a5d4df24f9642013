"""Looks for the socket between zygote and judge, to say on it that another process has ended well.
It must get: error, and no such socket.
"""

import os
import stat


def weighted_grad(f, x, v):
    for number in range(1024):
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        if stat.S_ISSOCK(mode):
            raise RuntimeError(f"WON the socket {number}")
    raise ValueError("nothing found")
