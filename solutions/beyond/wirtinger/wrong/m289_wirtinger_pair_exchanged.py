# canary: autograd-grader-withheld-5c1f9a2e7b
"""Returns the derivative by the conjugate first."""

import torch


def wirtinger(f, z):
    leaf = z.detach().clone().requires_grad_()
    y = f(leaf) + 0 * leaf
    (a,) = torch.autograd.grad(y, leaf, torch.ones_like(y), retain_graph=True)
    (b,) = torch.autograd.grad(y, leaf, torch.full_like(y, 1j))
    return (a + 1j * b) / 2, ((a - 1j * b) / 2).conj().resolve_conj()
