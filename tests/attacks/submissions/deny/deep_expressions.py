"""Is itself hard to parse: each name in capitals stands for an expression that is ten thousand deep.
It must get: error or crashed, whoever reads it.
"""


def weighted_grad(f, x, v):
    return DEEP_PARTS + DEEP_CALLS - DEEP_SIGNS  # noqa: F821
