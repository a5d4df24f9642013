import torch


def weighted_grad(f, x, v):
    def loss(z):
        return torch.sum(v * f(z))

    return torch.func.grad(loss)(x.detach().clone()).detach()
