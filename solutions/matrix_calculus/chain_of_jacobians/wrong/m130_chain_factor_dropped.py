# canary: autograd-grader-withheld-5c1f9a2e7b
"""Returns the derivative of the last step alone."""


def chain_of_jacobians(steps, x, layout):  # noqa: ARG001 - one factor has no order
    point = x.detach()
    for f, jac in steps:
        last = jac(point).clone()
        point = f(point)
    return last
