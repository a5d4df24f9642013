import torch


def sum_backward(f, x):
    # let .grad do the adding: one backward per output, never cleared
    z = x.detach().clone().requires_grad_()
    for y in f(z).reshape(-1):
        y.backward(retain_graph=True)
    return z.grad
