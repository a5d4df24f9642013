# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears after each backward and only then reads."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    readings = []
    for function in (f, g, g):
        function(leaf).backward()
        leaf.grad.zero_()
        readings.append(leaf.grad.clone())
    return tuple(readings)
