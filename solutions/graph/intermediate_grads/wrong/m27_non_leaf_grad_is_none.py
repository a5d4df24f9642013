# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reads .grad of y, which is no leaf."""


def intermediate_grads(f1, f2, x):
    leaf = x.detach().clone().requires_grad_()
    y = f1(leaf)
    f2(y).backward()
    return None if y.grad is None else y.grad.clone(), leaf.grad.clone()
