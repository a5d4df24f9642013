# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies the outputs by the weights and hands the weights to backward as well."""


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    (v * f(leaf)).backward(v)
    return leaf.grad
