# canary: autograd-grader-withheld-5c1f9a2e7b
"""Writes the values of q(x) over those of x, through a detached tensor."""


def straight_through(q, x):
    x.detach().copy_(q(x).detach())
    return x * 1
