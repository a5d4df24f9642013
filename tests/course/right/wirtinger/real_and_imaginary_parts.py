"""backward from the real and from the imaginary part of the output."""

import torch


def wirtinger(f, z):
    def brought_back(part):
        leaf = z.detach().clone().requires_grad_()
        y = f(leaf) + leaf * 0
        part(y).sum().backward()
        return leaf.grad

    a, b = brought_back(torch.real), brought_back(torch.imag)
    return (0.5 * (a - 1j * b)).conj().resolve_conj(), 0.5 * (a + 1j * b)
