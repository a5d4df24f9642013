# canary: autograd-grader-withheld-5c1f9a2e7b
"""Hands v itself back where there is no block."""

import torch


def checkpointed_grad(blocks, x, v):
    inputs, at = [], x.detach()
    with torch.no_grad():
        for block in blocks[:-1]:
            inputs.append(at)
            at = block(at)
    inputs.append(at)
    gradient = v.detach()
    for block, given in zip(reversed(blocks), reversed(inputs), strict=False):
        leaf = given.clone().requires_grad_()
        y = block(leaf)
        gradient = torch.autograd.grad(y, leaf, gradient)[0] if y.requires_grad else torch.zeros_like(leaf)
    return gradient
