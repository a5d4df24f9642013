"""Sums the results of each block."""

import torch


def checkpointed_grad(blocks, x, v):
    kept = [x.detach().clone()]
    with torch.no_grad():
        for step in blocks:
            kept.append(step(kept[-1]))
    g = v.detach().clone()
    for step, given in list(zip(blocks, kept))[::-1]:
        own = given.clone().requires_grad_()
        total = step(own).sum()
        g = torch.autograd.grad(total, own)[0] if total.requires_grad else torch.zeros_like(own)
    return g
