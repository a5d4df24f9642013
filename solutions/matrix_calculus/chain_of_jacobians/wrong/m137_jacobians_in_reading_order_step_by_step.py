# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies in the order of the other layout, one step after another, beginning with the first matrix."""


def chain_of_jacobians(steps, x, layout):
    point, total = x.detach(), None
    for f, jac in steps:
        factor = jac(point).clone()
        if total is not None:
            factor = total @ factor if layout == "numerator" else factor @ total
        point, total = f(point), factor
    return total
