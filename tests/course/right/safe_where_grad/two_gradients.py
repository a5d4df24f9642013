"""The gradients of both branches at harmless points, picked at the end."""

import torch


def safe_where_grad(cond, f, g, x, safe):
    x = x.detach()
    picked = cond(x)

    def slope(branch, at):
        at = at.clone().requires_grad_(True)
        branch(at).sum().backward()
        return at.grad

    harmless = torch.full_like(x, safe)
    return torch.where(picked, slope(f, torch.where(picked, x, harmless)), slope(g, torch.where(picked, harmless, x)))
