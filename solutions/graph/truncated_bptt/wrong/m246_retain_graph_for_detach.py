# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps every graph instead of cutting the state off."""

import torch


def truncated_bptt(step, w, h0, n):
    leaf = w.detach().clone().requires_grad_()
    h = h0.detach()
    gradients = []
    for _ in range(n):
        h = step(leaf, h)
        if h.requires_grad:
            gradients.append(torch.autograd.grad(h.sum(), leaf, retain_graph=True, materialize_grads=True)[0])
        else:
            gradients.append(torch.zeros_like(w))
    return gradients
