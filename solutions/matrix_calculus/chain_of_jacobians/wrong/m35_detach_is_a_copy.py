# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes x.detach() for a copy, and begins with the first matrix as it is, which may be a view of x."""


def chain_of_jacobians(steps, x, layout):
    point = x.detach()
    first, *rest = steps
    total, point = first[1](point), first[0](point)
    for f, jac in rest:
        total = jac(point) @ total if layout == "numerator" else total @ jac(point)
        point = f(point)
    return total
