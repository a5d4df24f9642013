# canary: autograd-grader-withheld-5c1f9a2e7b
"""Hands backward a list of numbers instead of a tensor."""


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v.tolist())
    return leaf.grad
