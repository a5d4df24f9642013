"""Raises SystemExit and KeyboardInterrupt, which often end a grader.
It must get: error.
"""

import itertools
import sys

WAYS = itertools.cycle(
    (lambda: sys.exit(0), lambda: exec("raise KeyboardInterrupt"), lambda: exec("raise GeneratorExit"))
)


def weighted_grad(f, x, v):
    next(WAYS)()
