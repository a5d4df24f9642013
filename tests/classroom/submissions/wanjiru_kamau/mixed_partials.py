import torch


def D(y, x):
    return torch.autograd.grad(y, x, create_graph=True)[0]


def mixed_partials(f, x1, x2):
    a = x1.detach().clone().requires_grad_()
    b = x2.detach().clone().requires_grad_()
    y = f(a, b)
    fa, fb = D(y, a), D(y, b)
    H = [[D(fa, a), D(fa, b)], [D(fb, a), D(fb, b)]]
    return torch.tensor([[entry.item() for entry in row] for row in H], dtype=x1.dtype)
