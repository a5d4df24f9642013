# canary: autograd-grader-withheld-5c1f9a2e7b
"""Lets backward add to the own .grad of x, call after call."""


def output_gradient(f, x, index):
    x.requires_grad_()
    f(x)[index].backward()
    return x.grad.clone()
