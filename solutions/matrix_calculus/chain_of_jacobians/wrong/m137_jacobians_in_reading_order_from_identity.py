# canary: autograd-grader-withheld-5c1f9a2e7b
"""Multiplies in the order of the other layout, one step after another, beginning with an identity matrix."""

import torch


def chain_of_jacobians(steps, x, layout):
    point = x.detach()
    total = torch.eye(len(x), dtype=x.dtype)
    for f, jac in steps:
        total = total @ jac(point) if layout == "numerator" else jac(point) @ total
        point = f(point)
    return total
