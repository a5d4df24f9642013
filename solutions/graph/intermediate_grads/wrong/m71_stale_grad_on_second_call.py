# canary: autograd-grader-withheld-5c1f9a2e7b
"""Runs backward into the .grad of x, where an old gradient may lie."""


def intermediate_grads(f1, f2, x):
    x.requires_grad_()
    y = f1(x)
    y.retain_grad()
    f2(y).backward()
    return y.grad.clone(), x.grad.clone()
