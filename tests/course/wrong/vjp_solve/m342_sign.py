"""The sign of the gradient of A is wrong."""

import torch


def vjp_solve(A, b, v):
    inv = A.detach().inverse()
    left = inv.T @ v.detach()
    return torch.ger(left, inv @ b.detach()), left
