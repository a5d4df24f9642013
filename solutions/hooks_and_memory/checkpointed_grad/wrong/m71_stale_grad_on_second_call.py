# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the x of the caller for the first leaf, and lets backward fill its .grad."""

import torch


def checkpointed_grad(blocks, x, v):
    inputs, at = [], x.requires_grad_()
    with torch.no_grad():
        for block in blocks:
            inputs.append(at)
            at = block(at)
    gradient = v.detach().clone()
    for block, given in zip(reversed(blocks), reversed(inputs), strict=True):
        y = block(given.requires_grad_())
        if not y.requires_grad:
            gradient = torch.zeros_like(given)
            continue
        y.backward(gradient)
        gradient = given.grad.clone()
    return gradient
