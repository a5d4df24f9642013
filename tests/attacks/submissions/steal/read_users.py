"""Reads the names of the machine's users and their passwords' hashes.
It must get: error, and no name.
"""

from pathlib import Path


def weighted_grad(f, x, v):
    problems = []
    for name in ("passwd", "shadow", "group", "hostname", "machine-id"):
        try:
            raise RuntimeError("WON " + Path("/etc", name).read_text())
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
