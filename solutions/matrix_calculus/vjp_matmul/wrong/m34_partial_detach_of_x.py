# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies a detached x, so that no path leads back to it."""


def vjp_matmul(x, w, v):
    x = x.detach().clone().requires_grad_()
    w = w.detach().clone().requires_grad_()
    y = x.detach() @ w.T
    y.backward(v)
    return x.grad, w.grad
