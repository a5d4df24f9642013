# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives the gradient of w.T, the matrix that stands in the formula, for the gradient of w."""


def vjp_matmul(x, w, v):
    x, w, v = x.detach(), w.detach(), v.detach()
    return v @ w, x.T @ v
