"""Sends one observation where two calls were asked for, to make the judge itself fail and a check not count.
It must get: crashed or error, and the points of the check as they were.
"""

import sys

worker = sys.modules["grader.sandbox.worker"]
real = worker.Observed
worker.Observed = lambda observations: real(observations[:1])


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    return leaf.grad
