# canary: autograd-grader-withheld-5c1f9a2e7b
"""Starts from ones at every block."""

import torch


def checkpointed_grad(blocks, x, v):
    inputs, at = [], x.detach()
    with torch.no_grad():
        for block in blocks:
            inputs.append(at)
            at = block(at)
    gradient = v.detach().clone()
    for block, given in zip(reversed(blocks), reversed(inputs), strict=True):
        leaf = given.clone().requires_grad_()
        y = block(leaf)
        gradient = torch.autograd.grad(y, leaf, torch.ones_like(y))[0] if y.requires_grad else torch.zeros_like(leaf)
    return gradient
