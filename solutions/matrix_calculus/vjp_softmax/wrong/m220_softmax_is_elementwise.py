# canary: autograd-grader-withheld-5c1f9a2e7b
"""Uses the diagonal of the Jacobian alone."""

import torch


def vjp_softmax(z, v):
    s = torch.softmax(z.detach(), dim=-1)
    return v.detach() * s * (1 - s)
