"""Signals the zygote, with a signal that does no harm where it arrives.
It must get: error, and no signal delivered.
"""

import os
import signal


def weighted_grad(f, x, v):
    problems = []
    for number in (signal.SIGCONT, 0):
        try:
            os.kill(os.getppid(), number)
            raise RuntimeError("WON a signal to the zygote")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
