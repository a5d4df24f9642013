# canary: autograd-grader-withheld-5c1f9a2e7b
"""Returns q(x) and leaves the gradient to q."""


def straight_through(q, x):
    return q(x)
