# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes with tensors that require grad, so that the results require grad too."""


def vjp_matmul(x, w, v):
    return v @ w, v.T @ x
