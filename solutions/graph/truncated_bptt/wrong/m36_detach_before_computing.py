# canary: autograd-grader-withheld-5c1f9a2e7b
"""Detaches w as well as the state."""

import torch


def truncated_bptt(step, w, h0, n):
    leaf = w.detach().clone().requires_grad_()
    h = h0
    gradients = []
    for _ in range(n):
        h = step(leaf.detach(), h.detach())
        gradients.append(torch.autograd.grad(h.sum(), leaf)[0])
    return gradients
