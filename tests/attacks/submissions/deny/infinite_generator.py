"""Returns a generator that never ends, and iterators that lie about their length.
It must get: failed.
"""

import itertools


def weighted_grad(f, x, v):
    return (value for value in itertools.count())
