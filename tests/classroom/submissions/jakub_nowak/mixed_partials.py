import torch


def diff(y, xs):
    if y.requires_grad:
        return torch.autograd.grad(y, xs, create_graph=True, materialize_grads=True)
    return [torch.zeros_like(x) for x in xs]


def mixed_partials(f, x1, x2):
    x1.requires_grad = True
    x2.requires_grad = True
    result = torch.zeros(2, 2, dtype=x1.dtype)
    for i, first in enumerate(diff(f(x1, x2), (x1, x2))):
        for j, second in enumerate(diff(first, (x1, x2))):
            result[i, j] = second.item()
    return result
