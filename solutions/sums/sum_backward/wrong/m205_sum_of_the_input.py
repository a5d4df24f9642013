# canary: autograd-grader-withheld-5c1f9a2e7b
"""Adds up the input before f sees it."""


def sum_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf.sum()).backward()
    return leaf.grad
