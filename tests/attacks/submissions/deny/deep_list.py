"""Returns a list nested a hundred thousand deep.
It must get: failed or crashed.
"""


def weighted_grad(f, x, v):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
