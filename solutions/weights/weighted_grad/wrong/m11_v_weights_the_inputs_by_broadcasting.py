# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sums the outputs first and multiplies the summed gradient by v, whatever the shapes are."""


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad * v
