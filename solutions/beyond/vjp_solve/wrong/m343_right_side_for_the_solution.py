# canary: autograd-grader-withheld-5c1f9a2e7b
"""Builds dA from b in the place of z."""

import torch


def vjp_solve(A, b, v):
    A, b, v = A.detach(), b.detach(), v.detach()
    u = torch.linalg.solve(A.T, v)
    return -torch.outer(u, b), u
