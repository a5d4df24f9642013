# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes with a copy that was never asked to require grad."""


def weighted_grad(f, x, v):
    leaf = x.detach().clone()
    f(leaf).backward(v)
    return leaf.grad
