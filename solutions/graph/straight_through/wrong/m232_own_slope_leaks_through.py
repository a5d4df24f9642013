# canary: autograd-grader-withheld-5c1f9a2e7b
"""Detaches x, but not q(x)."""


def straight_through(q, x):
    return x + q(x) - x.detach()
