# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reads .grad after the second backward once for the sum and once more for g alone."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    g(leaf).backward()
    b = leaf.grad.clone()
    c = leaf.grad.clone()
    return a, b, c
