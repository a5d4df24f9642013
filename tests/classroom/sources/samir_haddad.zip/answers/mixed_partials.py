import torch


def slope(y, x):
    if y.requires_grad:
        got = torch.autograd.grad(y, x, create_graph=True, allow_unused=True)[0]
        if got is not None:
            return got
    return torch.zeros_like(x)


def mixed_partials(f, x1, x2):
    a = x1.detach().clone().requires_grad_()
    b = x2.detach().clone().requires_grad_()
    y = f(a, b)
    twice_a = slope(slope(y, a), a)
    twice_b = slope(slope(y, b), b)
    table = torch.stack([twice_a, twice_a, twice_b, twice_b]).reshape(2, 2)
    return table.detach()
