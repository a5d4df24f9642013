# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reduces the weighted outputs to their mean instead of their sum."""


def vjp_matmul(x, w, v):
    x = x.detach().clone().requires_grad_()
    w = w.detach().clone().requires_grad_()
    y = x @ w.T
    (v.detach() * y).mean().backward()
    return x.grad, w.grad
