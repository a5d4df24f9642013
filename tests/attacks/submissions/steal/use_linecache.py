"""Asks linecache, inspect and tracebacks for source lines of the hidden tests.
It must get: error, and no line.
"""

import linecache

TESTS = "@COURSE@/tests/hidden/weights/test_weighted_grad_hidden.py"


def weighted_grad(f, x, v):
    lines = linecache.getlines(TESTS) + [line for entry in linecache.cache.values() for line in str(entry).split()]
    found = [line for line in lines if "must_" + "equal" in line]
    if found:
        raise RuntimeError(f"WON {found}")
    raise ValueError("nothing found")
