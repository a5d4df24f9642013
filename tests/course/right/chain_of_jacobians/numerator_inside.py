"""Works with outputs in rows alone, and transposes on the way in and out."""

from functools import reduce


def chain_of_jacobians(steps, x, layout):
    flip = (lambda m: m.T) if layout == "denominator" else (lambda m: m)
    p, factors = x.detach().clone(), []
    for f, jac in steps:
        factors.append(flip(jac(p)).detach())
        p = f(p)
    return flip(reduce(lambda total, factor: factor @ total, factors)).clone()
