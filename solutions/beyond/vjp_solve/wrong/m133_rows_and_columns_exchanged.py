# canary: autograd-grader-withheld-5c1f9a2e7b
"""Puts z into the rows of dA and u into its columns."""

import torch


def vjp_solve(A, b, v):
    A, b, v = A.detach(), b.detach(), v.detach()
    z = torch.linalg.solve(A, b)
    u = torch.linalg.solve(A.T, v)
    return -torch.outer(z, u), u
