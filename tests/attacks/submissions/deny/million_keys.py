"""Returns a dict of a million keys.
It must get: failed or timeout.
"""


def weighted_grad(f, x, v):
    return {number: number for number in range(10**6)}
