"""Becomes another program, by path and by descriptor.
It must get: error, and stay what it is.
"""

import os


def weighted_grad(f, x, v):
    problems = []
    for program in ("/bin/echo", "/proc/self/exe", "/usr/bin/env"):
        try:
            os.execv(program, ["echo", "WON another program"])
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
