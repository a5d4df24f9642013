# canary: autograd-grader-withheld-5c1f9a2e7b
"""Solves with A on the way back too."""

import torch


def vjp_solve(A, b, v):
    A, b, v = A.detach(), b.detach(), v.detach()
    z = torch.linalg.solve(A, b)
    u = torch.linalg.solve(A, v)
    return -torch.outer(u, z), u
