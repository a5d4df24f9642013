# canary: autograd-grader-withheld-5c1f9a2e7b
"""Detaches w as well as the state."""

import torch


def truncated_bptt(step, w, h0, n):
    h = h0
    gradients = []
    for _ in range(n):
        h = step(w.detach(), h.detach())
        gradients.append(torch.autograd.grad(h.sum(), w)[0])
    return gradients
