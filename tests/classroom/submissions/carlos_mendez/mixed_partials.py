import torch


def mixed_partials(f, x1, x2):
    a = x1.detach().clone().requires_grad_()
    b = x2.detach().clone().requires_grad_()
    for first in torch.autograd.grad(f(a, b), (a, b), create_graph=True, materialize_grads=True):
        if first.requires_grad:
            print(torch.autograd.grad(first, (a, b), retain_graph=True, materialize_grads=True))
        else:
            print(0, 0)
