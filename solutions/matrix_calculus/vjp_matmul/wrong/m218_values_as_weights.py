# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sends v * y back instead of v."""


def vjp_matmul(x, w, v):
    x, w, v = x.detach(), w.detach(), v.detach()
    weights = v * (x @ w.T)
    return weights @ w, weights.T @ x
