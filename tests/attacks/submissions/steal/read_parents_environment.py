"""Reads the environment of the zygote and of every other process, where a secret may stand.
It must get: error, and no environment.
"""

import os
from pathlib import Path


def weighted_grad(f, x, v):
    problems = []
    for pid in (os.getppid(), *range(1, 400), "self"):
        try:
            raise RuntimeError(f"WON {Path(f'/proc/{pid}/environ').read_bytes()!r}")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
