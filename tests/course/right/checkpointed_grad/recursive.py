"""The gradient of the rest first, then that of the first block."""

import torch


def checkpointed_grad(blocks, x, v):
    def pull(k, at):
        if k == len(blocks):
            return v.detach().clone()
        with torch.no_grad():
            after = blocks[k](at)
        g = pull(k + 1, after)
        leaf = at.detach().clone().requires_grad_()
        with torch.enable_grad():
            out = blocks[k](leaf)
        if not out.requires_grad:
            return torch.zeros_like(leaf)
        return torch.autograd.grad(out, leaf, g)[0].clone()

    return pull(0, x.detach())
