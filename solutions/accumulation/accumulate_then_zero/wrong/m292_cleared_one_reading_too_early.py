# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears after the first reading, where the sum should still grow, and not after the second."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    leaf.grad.zero_()
    g(leaf).backward()
    b = leaf.grad.clone()
    g(leaf).backward()
    c = leaf.grad.clone()
    return a, b, c
