# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes v.detach() for a copy, and works in its memory."""

import torch


def vjp_softmax(z, v):
    s = torch.softmax(z.detach(), dim=-1)
    result = v.detach()
    result -= (result * s).sum(dim=-1, keepdim=True)
    result *= s
    return result
