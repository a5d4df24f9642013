"""Retains the graph in both calls and never creates one."""

import torch


def mixed_partials(f, x1, x2):
    a = x1.detach().clone().requires_grad_()
    b = x2.detach().clone().requires_grad_()
    z = f(a, b)
    da, db = torch.autograd.grad(z, [a, b], retain_graph=True)
    s11, s12 = torch.autograd.grad(da, [a, b], retain_graph=True)
    s21, s22 = torch.autograd.grad(db, [a, b], retain_graph=True)
    return torch.tensor([[s11, s12], [s21, s22]])
