"""Never finishes being loaded.
It must get: timeout, once.
"""

while True:
    pass


def weighted_grad(f, x, v):
    return x * 0
