"""Reads the hidden tests by their path.
It must get: error, and not a word of them.
"""

from pathlib import Path

TESTS = Path("@COURSE@/tests/hidden/weights/test_weighted_grad_hidden.py")


def weighted_grad(f, x, v):
    raise RuntimeError("WON " + TESTS.read_text())
