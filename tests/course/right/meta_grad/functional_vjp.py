"""torch.autograd.functional.vjp with a graph inside."""

import torch


def meta_grad(train, val, w, lr):
    def whole(at):
        _, inner = torch.autograd.functional.vjp(train, at, create_graph=True)
        return val(torch.sub(at, inner, alpha=lr))

    _, gradient = torch.autograd.functional.vjp(whole, w.detach())
    return gradient
