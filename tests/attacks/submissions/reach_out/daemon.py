"""Leaves a daemon behind: forks twice, in a session of its own, and lives on for half a minute.
It must get: error, and no process that outlives it.
"""

import os
import time


def weighted_grad(f, x, v):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in range(256):
                try:
                    os.close(number)
                except OSError:
                    pass
            time.sleep(30)
        os._exit(0)
    raise RuntimeError("WON a daemon")
