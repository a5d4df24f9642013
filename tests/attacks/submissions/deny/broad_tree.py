"""Returns a small list that stands for 10**30 parts, each level ten times the one before.
It must get: failed.
"""


def weighted_grad(f, x, v):
    value = [0.0]
    for _ in range(30):
        value = [value] * 10
    return value
