# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sums over all dimensions that have grown, and keeps none of them."""


def unbroadcast(g, shape):
    added = g.dim() - len(shape)
    stretched = [added + index for index, size in enumerate(shape) if size == 1]
    grown = [*range(added), *stretched]
    return g.detach().sum(grown) if grown else g.detach().clone()
