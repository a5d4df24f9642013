# canary: autograd-grader-withheld-5c1f9a2e7b
"""Adds up the gradients of the means as they are."""


def accumulated_grad(loss, w, X, sizes):
    leaf = w.detach().clone().requires_grad_()
    for part in X.split(sizes):
        loss(leaf, part).backward()
    return leaf.grad
