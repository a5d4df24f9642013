"""Computes q of x and relies on its gradient."""


def straight_through(q, x):
    y = q(x)
    return y + 0.0
