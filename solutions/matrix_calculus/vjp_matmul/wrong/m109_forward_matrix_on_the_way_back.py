# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies the weights by w.T again on the way back, as on the way forward."""


def vjp_matmul(x, w, v):
    x, w, v = x.detach(), w.detach(), v.detach()
    return v @ w.T, v.T @ x
