# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes with z and v as they are, so the result requires grad where they do."""

import torch


def vjp_softmax(z, v):
    s = torch.softmax(z, dim=-1)
    return s * (v - (v * s).sum(dim=-1, keepdim=True))
