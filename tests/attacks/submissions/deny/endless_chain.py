"""Raises an exception that is its own cause, with a traceback of a hundred thousand frames behind it.
It must get: error or crashed.
"""


def weighted_grad(f, x, v):
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    first.__context__, second.__context__ = second, first
    for _ in range(100_000):
        try:
            raise first
        except ValueError:
            pass
    raise first from second
