"""Returns a list that holds itself, and a dict that holds the list.
It must get: failed.
"""


def weighted_grad(f, x, v):
    parts = [1.0]
    parts.append(parts)
    parts.append({1: parts, "again": [parts] * 100})
    return parts
