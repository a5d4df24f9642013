"""Entry by entry, with allow_unused and a look at requires_grad."""

import torch


def mixed_partials(f, x1, x2):
    variables = [torch.tensor(x.item(), dtype=x.dtype, requires_grad=True) for x in (x1, x2)]
    y = f(*variables)
    result = torch.zeros((2, 2), dtype=x1.dtype)
    for i in range(2):
        if not y.requires_grad:
            break
        first = torch.autograd.grad(y, variables[i], create_graph=True, allow_unused=True)[0]
        for j in range(2):
            if first is not None and first.requires_grad:
                second = torch.autograd.grad(first, variables[j], retain_graph=True, allow_unused=True)[0]
                if second is not None:
                    result[i, j] = second
    return result
