"""Reads the reference solution and runs it in place of its own.
It must get: error, and nothing to run.
"""

from pathlib import Path

SOLUTION = Path("@COURSE@/solutions/weights/weighted_grad/weighted_grad.py")


def weighted_grad(f, x, v):
    namespace = {}
    exec(SOLUTION.read_text(), namespace)
    return namespace["weighted_grad"](f, x, v)
