"""Sends a second reply after its own, to be taken as the answer to the next question.
It must get: failed or crashed.
"""

import sys

worker = sys.modules["grader.sandbox.worker"]
write_once = worker.write_all


def write_twice(descriptor, data):
    write_once(descriptor, data)
    write_once(descriptor, data)


worker.write_all = write_twice


def weighted_grad(f, x, v):
    return x * 0
