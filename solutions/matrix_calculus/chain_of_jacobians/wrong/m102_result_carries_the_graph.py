# canary: autograd-grader-withheld-5c1f9a2e7b
"""Does not detach x, so the result requires grad where x does."""

import torch


def chain_of_jacobians(steps, x, layout):
    point, total = x, torch.eye(len(x), dtype=x.dtype)
    for f, jac in steps:
        total = jac(point) @ total if layout == "numerator" else total @ jac(point)
        point = f(point)
    return total
