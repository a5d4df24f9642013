"""Answers with the numbers of questions that were not asked.
It must get: crashed, as something that is no answer.
"""

import sys

worker = sys.modules["grader.sandbox.worker"]
real = worker.encode_reply
worker.encode_reply = lambda number, reply, encoder: real(number + 1, reply, encoder)


def weighted_grad(f, x, v):
    return x * 0
