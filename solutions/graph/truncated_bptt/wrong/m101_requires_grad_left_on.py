# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the w of the caller and leaves it so."""

import torch


def truncated_bptt(step, w, h0, n):
    w.requires_grad_()
    h = h0
    gradients = []
    for _ in range(n):
        h = step(w, h.detach())
        if h.requires_grad:
            gradients.append(torch.autograd.grad(h.sum(), w, materialize_grads=True)[0])
        else:
            gradients.append(torch.zeros_like(w))
    return gradients
