# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the .grad object itself for the first reading and copies the others."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad
    g(leaf).backward()
    b = leaf.grad.clone()
    leaf.grad.zero_()
    g(leaf).backward()
    c = leaf.grad.clone()
    return a, b, c
