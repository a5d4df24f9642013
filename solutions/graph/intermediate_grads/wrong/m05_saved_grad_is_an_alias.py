# canary: autograd-grader-withheld-5c1f9a2e7b
"""Hands out both .grad as they are, which are one tensor where y is the leaf itself."""


def intermediate_grads(f1, f2, x):
    leaf = x.detach().clone().requires_grad_()
    y = f1(leaf)
    y.retain_grad()
    f2(y).backward()
    return y.grad, leaf.grad
