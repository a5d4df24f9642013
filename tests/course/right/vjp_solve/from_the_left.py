"""Solves the row system u A = v."""

import torch


@torch.no_grad()
def vjp_solve(A, b, v):
    z = torch.linalg.solve(A, b.reshape(-1, 1)).reshape(-1)
    u = torch.linalg.solve(A, v.reshape(1, -1), left=False).reshape(-1)
    dA = torch.einsum("i,j->ij", u, z).neg()
    return dA, u
