"""Reads the private keys of whoever grades.
It must get: error, and no key.
"""

from pathlib import Path


def weighted_grad(f, x, v):
    raise RuntimeError("WON " + Path("@HOME@/.ssh/id_ed25519").read_text())
