# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the .grad itself, which the next steps add to."""

import torch


def truncated_bptt(step, w, h0, n):
    leaf = w.detach().clone().requires_grad_()
    h = h0.detach()
    gradients = []
    for _ in range(n):
        h = step(leaf, h.detach())
        if h.requires_grad:
            h.sum().backward()
        gradients.append(torch.zeros_like(w) if leaf.grad is None else leaf.grad)
    return gradients
