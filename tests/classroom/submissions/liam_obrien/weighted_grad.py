import torch


def weighted_grad(f, x, v):
    x.requires_grad_(True)
    result = torch.autograd.grad(f(x), x, v)[0]
    # tidy up
    x.requires_grad_(False)
    x.grad = None
    return result
