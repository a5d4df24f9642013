# canary: autograd-grader-withheld-5c1f9a2e7b
"""Lets backward fill the .grad of the caller's x."""


def clip_by_hook(f, g, x, limit):
    x.requires_grad_()
    y = f(x) * 1
    y.register_hook(lambda gradient: gradient.clamp(-limit, limit))
    g(y).backward()
    return x.grad.clone()
