"""Reaches for a withheld file by roundabout names: dot-dot, /proc/self/root, /proc/self/cwd, a path descriptor.
It must get: error, by every road.
"""

import os
import sys

SOLUTION = "@COURSE@/solutions/weights/weighted_grad/weighted_grad.py"
UP = "/.." * 30


def weighted_grad(f, x, v):
    problems = []
    roads = (
        os.path.join(sys.prefix, "lib") + UP + SOLUTION,
        "/usr/lib" + UP + SOLUTION,
        "/proc/self/root" + SOLUTION,
        "/proc/self/cwd" + SOLUTION,
        "/proc/thread-self/root" + SOLUTION,
        "/dev/../" + SOLUTION,
    )
    for road in roads:
        try:
            with open(road) as file:
                raise RuntimeError(f"WON {file.read()}")
        except OSError as problem:
            problems.append(problem)
    try:
        handle = os.open("@COURSE@", os.O_PATH)
        inner = os.open("solutions/misconceptions.yaml", os.O_RDONLY, dir_fd=handle)
        raise RuntimeError(f"WON {os.read(inner, 1000)!r}")
    except OSError as problem:
        problems.append(problem)
    raise problems[0]
