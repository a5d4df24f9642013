# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives the result in the other layout."""

import torch


def chain_of_jacobians(steps, x, layout):
    point = x.detach()
    total = torch.eye(len(x), dtype=x.dtype)
    for f, jac in steps:
        total = jac(point) @ total if layout == "numerator" else total @ jac(point)
        point = f(point)
    return total.T
