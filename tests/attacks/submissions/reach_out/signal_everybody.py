"""Asks whether it could signal every process, its group, and those with numbers near its own.
It must get: error, and reach nobody.
"""

import os


def weighted_grad(f, x, v):
    problems = []
    near = range(os.getpid() - 20, os.getpid() + 20)
    for pid in (-1, 0, -os.getppid(), 1, *(each for each in near if each not in (os.getpid(), 0, -1))):
        try:
            os.kill(pid, 0)
            raise RuntimeError(f"WON {pid} can be signalled")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
