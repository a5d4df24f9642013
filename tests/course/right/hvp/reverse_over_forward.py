"""The gradient of the directional derivative."""

import torch


def hvp(f, x, v):
    at, direction = x.detach(), v.detach()

    def slope(point):
        return torch.func.jvp(f, (point,), (direction,))[1]

    return torch.func.grad(slope)(at).clone()
