# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clones x and w without detaching them, which are no leaves once the arguments require a gradient."""


def vjp_matmul(x, w, v):
    x = x.clone().requires_grad_()
    w = w.clone().requires_grad_()
    (x @ w.T).backward(v)
    return x.grad, w.grad
