# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives the name of the leaf to the result of a subtraction."""


def descend(loss, w, lr, steps):
    leaf = w.detach().clone().requires_grad_()
    for _ in range(steps):
        loss(leaf).backward()
        leaf = leaf - lr * leaf.grad
    return leaf.detach()
