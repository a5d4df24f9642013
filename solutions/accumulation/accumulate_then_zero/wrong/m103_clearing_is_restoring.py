# canary: autograd-grader-withheld-5c1f9a2e7b
"""Works on the caller's x and then wipes it clean, with what the caller had there."""


def accumulate_then_zero(f, g, x):
    x.requires_grad_()
    x.grad = None
    f(x).backward()
    a = x.grad.clone()
    g(x).backward()
    b = x.grad.clone()
    x.grad = None
    g(x).backward()
    c = x.grad.clone()
    x.grad = None
    x.requires_grad_(requires_grad=False)
    return a, b, c
