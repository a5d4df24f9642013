"""Real coordinates, and the four real slopes."""

import torch


def wirtinger(f, z):
    x = z.detach().real.clone().requires_grad_()
    y = z.detach().imag.clone().requires_grad_()
    w = f(torch.complex(x, y)) + 0 * torch.complex(x, y)
    ux, uy = torch.autograd.grad(w.real.sum(), (x, y), retain_graph=True)
    vx, vy = torch.autograd.grad(w.imag.sum(), (x, y))
    along_x, along_y = torch.complex(ux, vx), torch.complex(uy, vy)
    return (along_x - 1j * along_y) / 2, (along_x + 1j * along_y) / 2
