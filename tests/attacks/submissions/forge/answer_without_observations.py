"""Sends an answer that holds no observation, and later one that holds thousands.
It must get: crashed, as something that is no answer.
"""

import sys

worker = sys.modules["grader.sandbox.worker"]
real, count = worker.Observed, iter((0, 3, 5000))
worker.Observed = lambda observations: real(observations * next(count, 0))


def weighted_grad(f, x, v):
    return x * 0
