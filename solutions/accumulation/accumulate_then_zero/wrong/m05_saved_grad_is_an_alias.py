# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the .grad object itself three times and takes it for three values."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad
    g(leaf).backward()
    b = leaf.grad
    leaf.grad.zero_()
    g(leaf).backward()
    c = leaf.grad
    return a, b, c
