# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies each mean by its number of rows and never divides by that of all rows."""


def accumulated_grad(loss, w, X, sizes):
    leaf = w.detach().clone().requires_grad_()
    for part in X.split(sizes):
        (loss(leaf, part) * len(part)).backward()
    return leaf.grad
