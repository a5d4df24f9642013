"""Reads copies of .grad in a list, and nothing empties it in between."""

import torch


def jacobian_via_backward(f, x):
    p = x.detach().clone()
    p.requires_grad = True
    out = f(p).view(-1)
    seen = []
    for k in range(out.shape[0]):
        unit = torch.zeros(out.shape[0], dtype=p.dtype)
        unit[k] = 1
        out.backward(unit, retain_graph=True)
        seen.append(p.grad.clone().reshape(-1))
    return torch.stack(seen)
