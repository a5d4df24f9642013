# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears after the last backward and only then reads."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    g(leaf).backward()
    b = leaf.grad.clone()
    leaf.grad.zero_()
    g(leaf).backward()
    leaf.grad.zero_()
    c = leaf.grad.clone()
    return a, b, c
