# canary: autograd-grader-withheld-5c1f9a2e7b
"""Adds up in the .grad of the caller, where an old gradient may lie."""


def accumulated_grad(loss, w, X, sizes):
    w.requires_grad_()
    for part in X.split(sizes):
        (loss(w, part) * len(part) / len(X)).backward()
    return w.grad.clone()
