# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears the .grad of x, fills it anew and hands out that very tensor."""


def output_gradient(f, x, index):
    x.requires_grad_()
    x.grad = None
    f(x)[index].backward()
    return x.grad
