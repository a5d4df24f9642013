# canary: autograd-grader-withheld-5c1f9a2e7b
"""Detaches everything, so that no graph is left."""


def straight_through(q, x):
    return x.detach() + (q(x) - x).detach()
