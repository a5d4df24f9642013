# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the detached part for nothing at all."""


def straight_through(q, x):  # noqa: ARG001 - to forget q is the mistake
    return x * 1
