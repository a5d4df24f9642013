# canary: autograd-grader-withheld-5c1f9a2e7b
"""Runs backward into the .grad of w, where an old gradient may lie."""

import torch


def truncated_bptt(step, w, h0, n):
    w.requires_grad_()
    h = h0
    gradients = []
    for _ in range(n):
        h = step(w, h.detach())
        if h.requires_grad:
            h.sum().backward()
        gradients.append(torch.zeros_like(w) if w.grad is None else w.grad.clone())
        w.grad = None
    return gradients
