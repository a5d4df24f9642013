# canary: autograd-grader-withheld-5c1f9a2e7b
"""Records the whole chain at once."""

import torch


def checkpointed_grad(blocks, x, v):
    leaf = x.detach().clone().requires_grad_()
    y = leaf * 1
    for block in blocks:
        y = block(y)
    if not y.requires_grad:
        return torch.zeros_like(leaf)
    return torch.autograd.grad(y, leaf, v)[0].clone()
