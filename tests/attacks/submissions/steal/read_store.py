"""Reads the store, which holds everybody's work, hidden inputs and expected values.
It must get: error, and no text of the store.
"""

from pathlib import Path


def weighted_grad(f, x, v):
    raise RuntimeError("WON " + Path("@COURSE@/.grader/store.db").read_text())
