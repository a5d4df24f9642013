"""Warns for ever, each time of something else.
It must get: crashed, for printing too much, or timeout.
"""

import itertools
import warnings


def weighted_grad(f, x, v):
    warnings.simplefilter("always")
    for number in itertools.count():
        warnings.warn(f"warning {number} " + "z" * 2000)
