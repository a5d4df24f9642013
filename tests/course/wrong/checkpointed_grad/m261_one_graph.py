"""Goes through the whole chain with one graph."""

import torch


def checkpointed_grad(blocks, x, v):
    own = x.detach().clone().requires_grad_()
    out = own + 0
    for step in blocks:
        out = step(out)
    if out.grad_fn is None:
        return torch.zeros_like(own)
    out.backward(v.detach())
    return own.grad
