"""Matches a regular expression that backtracks for ever.
It must get: timeout.
"""

import re


def weighted_grad(f, x, v):
    return re.match(r"(a+)+$", "a" * 60 + "b")
