# canary: autograd-grader-withheld-5c1f9a2e7b
"""Calls retain_grad() after backward."""


def intermediate_grads(f1, f2, x):
    leaf = x.detach().clone().requires_grad_()
    y = f1(leaf)
    f2(y).backward()
    y.retain_grad()
    return y.grad, leaf.grad.clone()
