# canary: autograd-grader-withheld-5c1f9a2e7b
"""Detaches each leaf once more before it computes the block."""

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
        (gradient,) = torch.autograd.grad(block(leaf.detach()), leaf, gradient)
    return gradient
