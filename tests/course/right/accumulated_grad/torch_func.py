"""torch.func.grad of each part."""

import torch


def accumulated_grad(loss, w, X, sizes):
    w, X = w.detach(), X.detach()
    slope = torch.func.grad(loss)
    parts = zip(sizes, X.split(sizes), strict=True)
    return sum(size * slope(w, part) for size, part in parts) / len(X)
