"""Raises an exception whose message, name and bases raise or lie when they are read.
It must get: error or crashed.
"""


class Meta(type):
    @property
    def __name__(cls):
        return 10**100

    @property
    def __mro__(cls):
        raise KeyboardInterrupt


class Evil(Exception, metaclass=Meta):
    def __str__(self):
        raise SystemExit(0)

    @property
    def __traceback__(self):
        raise GeneratorExit


def weighted_grad(f, x, v):
    raise Evil
