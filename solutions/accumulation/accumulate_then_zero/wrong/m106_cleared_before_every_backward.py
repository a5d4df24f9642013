# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears before each backward out of habit, also where the sum was wanted."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    readings = []
    for function in (f, g, g):
        leaf.grad = None
        function(leaf).backward()
        readings.append(leaf.grad.clone())
    return tuple(readings)
