"""The derivative for z comes out conjugated."""

import torch


def wirtinger(f, z):
    p = z.detach().clone().requires_grad_(True)
    out = f(p) + 0 * p
    one = torch.autograd.grad(out.real.sum(), p, retain_graph=True)[0]
    i = torch.autograd.grad(out.imag.sum(), p)[0]
    return (one - 1j * i) / 2, (one + 1j * i) / 2
