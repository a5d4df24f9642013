"""backward into a fresh leaf for each block, with the last block spared on the way forward."""

import torch


def checkpointed_grad(blocks, x, v):
    stations = [x.detach().clone()]
    for block in blocks[:-1]:
        with torch.no_grad():
            stations.append(block(stations[-1]))
    g = v.detach().clone()
    for k in range(len(blocks) - 1, -1, -1):
        given = stations[k].requires_grad_()
        out = blocks[k](given)
        if out.requires_grad:
            out.backward(g)
        g = torch.zeros_like(given) if given.grad is None else given.grad
    return g.detach().clone()
