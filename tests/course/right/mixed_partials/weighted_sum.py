"""The gradient of each weighted sum of first derivatives is a row."""

import torch


def mixed_partials(f, x1, x2):
    p, q = (x.detach().requires_grad_() for x in (x1, x2))
    anchored = f(p, q) + 0 * (p * q).pow(2)  # every derivative now has a graph that leads to both
    gradient = torch.stack(torch.autograd.grad(anchored, (p, q), create_graph=True))
    rows = []
    for weights in ((1.0, 0.0), (0.0, 1.0)):
        weighted = (gradient * gradient.new_tensor(weights)).sum()
        rows.append(torch.autograd.grad(weighted, (p, q), retain_graph=True))
    return torch.tensor(rows, dtype=x1.dtype)
