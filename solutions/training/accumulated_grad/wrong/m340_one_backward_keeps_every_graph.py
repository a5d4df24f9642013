# canary: autograd-grader-withheld-5c1f9a2e7b
"""Adds up the losses and goes backward once, so that every part's graph waits in memory."""


def accumulated_grad(loss, w, X, sizes):
    leaf = w.detach().clone().requires_grad_()
    total = 0
    for part in X.split(sizes):
        total = total + loss(leaf, part) * len(part) / len(X)
    total.backward()
    return leaf.grad
