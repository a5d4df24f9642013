"""Prints the hidden inputs, in the hope that the feedback shows what a submission printed.
It must get: failed or error, and below the level visible nothing that it printed.
"""

import sys
import warnings


def weighted_grad(f, x, v):
    print("LEAK", f, x, v)
    print("LEAK", f, x, v, file=sys.stderr)
    warnings.warn(f"LEAK {f} {x} {v}")
    raise ValueError
