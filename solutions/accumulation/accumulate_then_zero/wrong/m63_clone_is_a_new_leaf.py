# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clones x without detaching it, which is no leaf once x requires a gradient."""


def accumulate_then_zero(f, g, x):
    leaf = x.clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    g(leaf).backward()
    b = leaf.grad.clone()
    leaf.grad.zero_()
    g(leaf).backward()
    c = leaf.grad.clone()
    return a, b, c
