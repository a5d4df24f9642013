"""Replaces msgpack by something that sends extension types, timestamps and objects.
It must get: crashed, as something that is no answer.
"""

import sys

msgpack = sys.modules["msgpack"]

frames = sys.modules["grader.protocol.frames"]


class Loud:
    def __getattr__(self, name):
        return getattr(msgpack, name)

    def packb(self, tree, **_options):
        return msgpack.packb(msgpack.ExtType(5, b"cos\nsystem\n(S'echo WON'\ntR."), use_bin_type=True)


frames.msgpack = Loud()


def weighted_grad(f, x, v):
    return x * 0
