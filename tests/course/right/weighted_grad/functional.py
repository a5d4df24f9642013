import torch


def weighted_grad(f, x, v):
    weights = v.detach()
    return torch.func.grad(lambda at: torch.sum(f(at) * weights))(x.detach())
