# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes the input of each block from x again."""

import torch


def checkpointed_grad(blocks, x, v):
    gradient = v.detach().clone()
    for last in reversed(range(len(blocks))):
        at = x.detach()
        with torch.no_grad():
            for block in blocks[:last]:
                at = block(at)
        leaf = at.clone().requires_grad_()
        y = blocks[last](leaf)
        gradient = torch.autograd.grad(y, leaf, gradient)[0] if y.requires_grad else torch.zeros_like(leaf)
    return gradient
