"""Cleans the nan away at the end."""

import torch


def safe_where_grad(cond, f, g, x, safe):
    p = torch.nn.Parameter(x.detach().clone())
    torch.where(cond(p), f(p), g(p)).sum().backward()
    result = p.grad.clone()
    result[result.isnan()] = 0.0
    return result
