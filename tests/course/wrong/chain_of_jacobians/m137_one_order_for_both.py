"""The order of application with outputs in rows, the reverse with inputs in rows."""


def chain_of_jacobians(steps, x, layout):
    at = x.detach()
    product = None
    for f, jac in steps:
        factor = jac(at)
        if product is None:
            product = factor.clone()
        elif layout == "numerator":
            product = product @ factor
        else:
            product = factor @ product
        at = f(at)
    return product
