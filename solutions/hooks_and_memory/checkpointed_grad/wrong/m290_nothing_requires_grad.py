# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes each block again from an input that requires no grad."""

import torch


def checkpointed_grad(blocks, x, v):
    inputs, at = [], x.detach()
    with torch.no_grad():
        for block in blocks:
            inputs.append(at)
            at = block(at)
    gradient = v.detach().clone()
    for block, given in zip(reversed(blocks), reversed(inputs), strict=True):
        (gradient,) = torch.autograd.grad(block(given), given, gradient)
    return gradient
