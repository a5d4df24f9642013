# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes back through f once for each entry of y."""

import torch


def clip_by_hook(f, g, x, limit):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    at = y.detach().clone().requires_grad_()
    weights = torch.autograd.grad(g(at), at)[0].clamp(-limit, limit).flatten()
    total = torch.zeros_like(leaf)
    for weight, entry in zip(weights, y.flatten(), strict=True):
        total += weight * torch.autograd.grad(entry, leaf, retain_graph=True)[0]
    return total.detach()
