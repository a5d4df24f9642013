"""torch.sub and torch.add, with the constant part by torch.where."""

import torch


def straight_through(q, x):
    target = q(x).detach()
    correction = torch.where(target == x.detach(), torch.zeros_like(target), torch.sub(target, x.detach()))
    return torch.add(x, correction)
