"""Copies .grad after each step and never clears it."""

import torch


def truncated_bptt(step, w, h0, n):
    p = torch.tensor(w.tolist(), dtype=w.dtype)
    p.requires_grad = True
    s = h0
    history = []
    for _ in range(n):
        s = step(p, s.detach())
        total = s.sum() + 0 * p.sum()
        total.backward()
        history.append(torch.clone(p.grad))
    return history
