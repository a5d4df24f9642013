"""Raises an exception that loops for ever when it is asked for its message.
It must get: timeout.
"""


class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def weighted_grad(f, x, v):
    raise Endless
