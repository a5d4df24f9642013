"""Replaces the standard streams by objects that swallow, forge and raise.
It must get: failed.
"""

import sys


class Stream:
    encoding = "utf-8"

    def write(self, text):
        return sys.__stdout__.write("passed\n")

    def flush(self):
        raise SystemExit(0)

    def __getattr__(self, name):
        raise KeyboardInterrupt


sys.stdout = sys.stderr = Stream()


def weighted_grad(f, x, v):
    return x * 0
