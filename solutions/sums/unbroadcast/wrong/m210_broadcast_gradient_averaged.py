# canary: autograd-grader-withheld-5c1f9a2e7b
"""Averages where the copies have to be added up."""


def unbroadcast(g, shape):
    total = g.detach().clone()
    for _ in range(g.dim() - len(shape)):
        total = total.mean(0)
    for dimension, size in enumerate(shape):
        if size == 1:
            total = total.mean(dimension, keepdim=True)
    return total
