"""Writes, empties, extends and removes files in the course and the marker folder.
It must get: error, and every file as it was.
"""

import os


def weighted_grad(f, x, v):
    problems = []
    for path in ("@MARKER@/bait", "@COURSE@/config.yaml", "@COURSE@/tests/hidden/weights/test_weighted_grad_hidden.py"):
        ways = (
            lambda path=path: os.close(os.open(path, os.O_WRONLY | os.O_APPEND)),
            lambda path=path: os.close(os.open(path, os.O_RDWR)),
            lambda path=path: os.close(os.open(path, os.O_RDONLY | os.O_TRUNC)),
            lambda path=path: os.truncate(path, 0),
            lambda path=path: os.unlink(path),
        )
        for way in ways:
            try:
                way()
                raise RuntimeError(f"WON {path}")
            except OSError as problem:
                problems.append(problem)
    raise problems[0]
