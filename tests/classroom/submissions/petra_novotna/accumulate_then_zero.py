import torch


def accumulate_then_zero(f, g, x):
    z = x.detach().clone().requires_grad_()
    a = torch.autograd.grad(f(z).sum(), z)[0]
    c = torch.autograd.grad(g(z).sum(), z)[0]
    return a, a + c, c
