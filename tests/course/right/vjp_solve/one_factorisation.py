"""One LU factorisation for both systems."""

import torch


def vjp_solve(A, b, v):
    LU, pivots = torch.linalg.lu_factor(A.detach())
    z = torch.linalg.lu_solve(LU, pivots, b.detach().unsqueeze(1))
    u = torch.linalg.lu_solve(LU, pivots, v.detach().unsqueeze(1), adjoint=True)
    return -(u @ z.T), u.squeeze(1).clone()
