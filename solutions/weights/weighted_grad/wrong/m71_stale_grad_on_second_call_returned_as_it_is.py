# canary: autograd-grader-withheld-5c1f9a2e7b
"""Lets backward add to the argument's own .grad and hands out that very tensor."""


def weighted_grad(f, x, v):
    x.requires_grad_()
    f(x).backward(v)
    return x.grad
