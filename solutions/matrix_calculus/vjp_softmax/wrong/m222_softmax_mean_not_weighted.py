# canary: autograd-grader-withheld-5c1f9a2e7b
"""Subtracts the plain sum of the weights."""

import torch


def vjp_softmax(z, v):
    s, v = torch.softmax(z.detach(), dim=-1), v.detach()
    return s * (v - v.sum(dim=-1, keepdim=True))
