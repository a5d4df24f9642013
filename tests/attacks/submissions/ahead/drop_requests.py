"""Computes the right values, but reads the judge's next requests from the pipe and throws them away.
It must get: no more than its right values earn; the judge waits for the others, and not for ever.
"""

import os
import select


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    while select.select([3], [], [], 0)[0]:
        os.read(3, 1 << 16)
    return leaf.grad
