# canary: autograd-grader-withheld-5c1f9a2e7b
"""Sends gradients into v as well, since the weighted sum is a product with v itself."""


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    (f(leaf) * v).sum().backward()
    return leaf.grad
