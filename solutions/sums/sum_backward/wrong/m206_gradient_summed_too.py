# canary: autograd-grader-withheld-5c1f9a2e7b
"""Adds up the gradient as well as the outputs."""


def sum_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad.sum()
