# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes backward to overwrite .grad, so the third reading still has the first two in it."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    g(leaf).backward()
    b = leaf.grad.clone()
    g(leaf).backward()
    c = leaf.grad.clone()
    return a, b, c
