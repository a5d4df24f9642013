"""torch.func.vjp of each function, one after the other."""

import torch


def intermediate_grads(f1, f2, x):
    y, back_to_x = torch.func.vjp(f1, x.detach())
    z, back_to_y = torch.func.vjp(f2, y)
    (at_y,) = back_to_y(torch.ones_like(z))
    (at_x,) = back_to_x(at_y)
    return at_y.clone(), at_x.clone()
