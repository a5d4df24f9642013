# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sums the dimensions in front and forgets those that were stretched."""


def unbroadcast(g, shape):
    total = g.detach().clone()
    for _ in range(g.dim() - len(shape)):
        total = total.sum(0)
    return total
