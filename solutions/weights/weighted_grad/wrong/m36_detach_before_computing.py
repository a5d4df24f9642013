# canary: autograd-grader-withheld-5c1f9a2e7b
"""Detaches the leaf again when it computes with it."""


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf.detach()).backward(v)
    return leaf.grad
