# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the .grad object itself for the first two readings and then sets .grad to None."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad
    g(leaf).backward()
    b = leaf.grad
    leaf.grad = None
    g(leaf).backward()
    c = leaf.grad
    return a, b, c
