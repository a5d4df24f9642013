# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes with a copy that was never asked to require grad."""


def sum_backward(f, x):
    leaf = x.detach().clone()
    f(leaf).sum().backward()
    return leaf.grad
