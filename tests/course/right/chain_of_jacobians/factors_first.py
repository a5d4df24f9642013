"""Gathers the factors on the way, then multiplies them."""

import torch


def chain_of_jacobians(steps, x, layout):
    with torch.no_grad():
        points = [x.detach()]
        for f, _ in steps:
            points.append(f(points[-1]))
        factors = [jac(p) for (_, jac), p in zip(steps, points, strict=False)]
        if layout == "numerator":
            factors.reverse()
        total = factors[0].clone()
        for factor in factors[1:]:
            total = total.matmul(factor)
        return total
