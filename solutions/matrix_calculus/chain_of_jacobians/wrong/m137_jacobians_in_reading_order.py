# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies in the order of the other layout."""

import torch


def chain_of_jacobians(steps, x, layout):
    point = x.detach()
    factors = []
    for f, jac in steps:
        factors.append(jac(point))
        point = f(point)
    if layout == "denominator":
        factors.reverse()
    total = torch.eye(len(factors[0]), dtype=x.dtype)
    for factor in factors:
        total = total @ factor
    return total
