"""torch.linalg.multi_dot; the last step's value is not needed."""

import torch


def chain_of_jacobians(steps, x, layout):
    point = x.detach()
    factors = [torch.eye(len(x), dtype=x.dtype)]
    for number, (f, jac) in enumerate(steps, start=1):
        factors.append(jac(point))
        if number < len(steps):
            point = f(point)
    if layout == "numerator":
        factors.reverse()
    return torch.linalg.multi_dot(factors)
