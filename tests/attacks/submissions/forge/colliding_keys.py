"""Returns a dict whose keys all have the same hash, so that reading it takes time by the square.
It must get: failed or crashed, in time.
"""

FACTOR = 1_000_003


def weighted_grad(f, x, v):
    return {complex(float(10**12 - FACTOR * each), float(each)): None for each in range(4000)}
