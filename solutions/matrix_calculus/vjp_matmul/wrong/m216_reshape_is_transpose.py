# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reshapes x^T v to the shape of w instead of transposing it."""


def vjp_matmul(x, w, v):
    x, w, v = x.detach(), w.detach(), v.detach()
    return v @ w, (x.T @ v).reshape(w.shape)
