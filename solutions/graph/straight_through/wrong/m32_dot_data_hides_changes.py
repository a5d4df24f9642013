# canary: autograd-grader-withheld-5c1f9a2e7b
"""Writes the values of q(x) into the memory of x."""


def straight_through(q, x):
    x.data = q(x).detach()
    return x * 1
