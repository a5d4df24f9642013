# canary: autograd-grader-withheld-5c1f9a2e7b
"""Divides the gradient by the number of inputs, as if that undid the sum."""


def sum_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad / len(x)
