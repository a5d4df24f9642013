# canary: autograd-grader-withheld-5c1f9a2e7b
"""Returns the gradient of w first."""


def vjp_matmul(x, w, v):
    x, w, v = x.detach(), w.detach(), v.detach()
    return v.T @ x, v @ w
