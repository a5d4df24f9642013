# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sums g itself, so that the result carries a graph once g requires grad."""


def unbroadcast(g, shape):
    total = g.clone()
    for _ in range(g.dim() - len(shape)):
        total = total.sum(0)
    for dimension, size in enumerate(shape):
        if size == 1:
            total = total.sum(dimension, keepdim=True)
    return total
