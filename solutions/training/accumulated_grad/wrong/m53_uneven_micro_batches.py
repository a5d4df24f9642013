# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives each part the same weight, however many rows it has."""


def accumulated_grad(loss, w, X, sizes):
    leaf = w.detach().clone().requires_grad_()
    for part in X.split(sizes):
        (loss(leaf, part) / len(sizes)).backward()
    return leaf.grad
