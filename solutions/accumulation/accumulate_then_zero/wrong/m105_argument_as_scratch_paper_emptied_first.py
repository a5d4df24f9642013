# canary: autograd-grader-withheld-5c1f9a2e7b
"""Empties the caller's .grad, then reads every gradient off the caller's own tensor."""


def accumulate_then_zero(f, g, x):
    x.grad = None
    x.requires_grad_()
    f(x).backward()
    first = x.grad.clone()
    g(x).backward()
    both = x.grad.clone()
    x.grad = None
    g(x).backward()
    return first, both, x.grad.clone()
