"""Forward mode along 1 and along i."""

import torch


def wirtinger(f, z):
    z = z.detach()

    def along(direction):
        _, slope = torch.func.jvp(lambda at: f(at) + 0 * at, (z,), (torch.full_like(z, direction),))
        return slope

    x, y = along(1), along(1j)
    return (x - 1j * y) / 2, (x + 1j * y) / 2
