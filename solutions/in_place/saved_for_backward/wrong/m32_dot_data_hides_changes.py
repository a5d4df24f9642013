# canary: autograd-grader-withheld-5c1f9a2e7b
"""Overwrites through .data, so that nothing complains."""


def saved_for_backward(f, x):
    return complains(f, x, 0), complains(f, x, 1)


def complains(f, x, end):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    (leaf, y)[end].data.zero_()
    try:
        y.sum().backward()
    except RuntimeError as problem:
        return "modified by an inplace operation" in str(problem)
    return False
