import torch


def mixed_partials(f, x1, x2):
    xs = (x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_())
    firsts = torch.autograd.grad(f(*xs), xs, create_graph=True)
    table = []
    for first in firsts:
        table.append([torch.autograd.grad(first, x)[0].item() for x in xs])
    return torch.tensor(table, dtype=x1.dtype)
