# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears the gradient before each part."""


def accumulated_grad(loss, w, X, sizes):
    leaf = w.detach().clone().requires_grad_()
    for part in X.split(sizes):
        leaf.grad = None
        (loss(leaf, part) * len(part) / len(X)).backward()
    return leaf.grad
