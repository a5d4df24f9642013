# canary: autograd-grader-withheld-5c1f9a2e7b
"""Subtracts the common sum from every entry, without the factor s."""

import torch


def vjp_softmax(z, v):
    s = torch.softmax(z.detach(), dim=-1)
    weighted = v.detach() * s
    return weighted - weighted.sum(dim=-1, keepdim=True)
