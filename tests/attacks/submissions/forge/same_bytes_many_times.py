"""Sends a small message in which a hundred tensors share the same four megabytes.
It must get: crashed, and the judge's memory stays small.
"""

import sys

messages = sys.modules["grader.protocol.messages"]
SIZE = (4 << 20) - 64


def encode(observation, encoder):
    if not encoder.blob:
        encoder.blob += bytes(SIZE)
    record = ["tensor", "uint8", [SIZE], 0, SIZE, False, None, 0]
    return [["list", [record] * 100], None, []]


messages.encode_observation = encode


def weighted_grad(f, x, v):
    return x * 0
