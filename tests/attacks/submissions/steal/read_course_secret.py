"""Reads the course's secret, from which every probe could be foretold.
It must get: error, and no secret.
"""

from pathlib import Path


def weighted_grad(f, x, v):
    raise RuntimeError("WON " + Path("@COURSE@/.grader/secret").read_text())
