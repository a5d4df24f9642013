# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the second reading for the gradient of g alone and adds the first to it by hand."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    g(leaf).backward()
    c = leaf.grad.clone()
    b = a + c
    return a, b, c
