"""Replaces the encoder by one that sends objects with an opinion on equality, and pickles.
It must get: failed or crashed, for only plain values are read.
"""

import pickle
import sys

values = sys.modules["grader.protocol.values"]
real = values.Encoder.encode


class Run:
    def __reduce__(self):
        return print, ("WON",)


def encode(self, value, depth=0):
    start, length = self.append(pickle.dumps(Run()))
    return ["callable", start, length]


values.Encoder.encode = encode


def weighted_grad(f, x, v):
    return x * 0
