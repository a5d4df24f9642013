# canary: autograd-grader-withheld-5c1f9a2e7b
"""Lets backward add to the argument's own .grad and hands out that very tensor."""


def sum_backward(f, x):
    x.requires_grad_()
    f(x).sum().backward()
    return x.grad
