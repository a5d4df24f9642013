# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears after the first reading and not after the second, and goes back through f for the third."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    leaf.grad = None
    g(leaf).backward()
    b = leaf.grad.clone()
    f(leaf).backward()
    c = leaf.grad.clone()
    return a, b, c
