"""torch.func.vjp records each block on the way back."""

import torch


def checkpointed_grad(blocks, x, v):
    inputs, at = [], x.detach()
    for block in blocks:
        inputs.append(at)
        with torch.no_grad():
            at = block(at)
    g = v.detach().clone()
    while inputs:
        _, pull = torch.func.vjp(blocks[len(inputs) - 1], inputs.pop())
        (g,) = pull(g)
    return g.clone()
