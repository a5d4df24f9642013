# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the dimensions that were put in front, with size 1."""


def unbroadcast(g, shape):
    total = g.detach().clone()
    added = g.dim() - len(shape)
    for dimension in range(g.dim()):
        if dimension < added or shape[dimension - added] == 1:
            total = total.sum(dimension, keepdim=True)
    return total
