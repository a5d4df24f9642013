# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears the caller's x first, works on it, and leaves it as it happens to be at the end."""


def accumulate_then_zero(f, g, x):
    x.requires_grad_()
    x.grad = None
    f(x).backward()
    a = x.grad.clone()
    g(x).backward()
    b = x.grad.clone()
    x.grad = None
    g(x).backward()
    return a, b, x.grad
