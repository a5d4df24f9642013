# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the x of the caller."""


def straight_through(q, x):
    if not x.requires_grad:
        x.requires_grad_()
    return x + (q(x) - x).detach()
