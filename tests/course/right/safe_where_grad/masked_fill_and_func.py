"""masked_fill for harmless inputs, torch.func.grad of the sum."""

import torch


def safe_where_grad(cond, f, g, x, safe):
    def total(at):
        picked = cond(at)
        return torch.where(picked, f(at.masked_fill(~picked, safe)), g(at.masked_fill(picked, safe))).sum()

    return torch.func.grad(total)(x.detach())
