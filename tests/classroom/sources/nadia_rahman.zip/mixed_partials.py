import torch


def mixed_partials(f, x1, x2):
    xs = (x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_())
    y = f(*xs)
    firsts = [torch.autograd.grad(y, x, create_graph=True)[0] for x in xs]
    table = []
    for first in firsts:
        table.append([torch.autograd.grad(first, x)[0].item() for x in xs])
    return torch.tensor(table, dtype=x1.dtype)
