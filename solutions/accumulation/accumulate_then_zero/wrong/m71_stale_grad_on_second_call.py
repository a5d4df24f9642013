# canary: autograd-grader-withheld-5c1f9a2e7b
"""Works on the caller's x and starts from whatever its .grad holds."""


def accumulate_then_zero(f, g, x):
    x.requires_grad_()
    f(x).backward()
    a = x.grad.clone()
    g(x).backward()
    b = x.grad.clone()
    x.grad.zero_()
    g(x).backward()
    c = x.grad.clone()
    return a, b, c
