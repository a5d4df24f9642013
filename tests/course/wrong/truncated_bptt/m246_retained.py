"""retain_graph=True in a backward of the growing chain."""

import torch


def truncated_bptt(step, w, h0, n):
    p = torch.tensor(w.tolist(), dtype=w.dtype, requires_grad=True)
    state = h0.detach().clone()
    out = []
    for _ in range(n):
        state = step(p, state)
        if state.requires_grad:
            state.sum().backward(retain_graph=True)
        out.append(p.grad.clone() if p.grad is not None else torch.zeros_like(w.detach()))
        if p.grad is not None:
            p.grad.zero_()
    return out
