# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes with the caller's tensors, so that the results are connected with them."""

import torch


def vjp_solve(A, b, v):
    z = torch.linalg.solve(A, b)
    u = torch.linalg.solve(A.T, v)
    return -torch.outer(u, z), u
