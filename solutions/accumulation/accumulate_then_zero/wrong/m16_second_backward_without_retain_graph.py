# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes f and g once and sends g backward twice through the same graph."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    z = g(leaf)
    y.backward()
    a = leaf.grad.clone()
    z.backward()
    b = leaf.grad.clone()
    leaf.grad.zero_()
    z.backward()
    c = leaf.grad.clone()
    return a, b, c
