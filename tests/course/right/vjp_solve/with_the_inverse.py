"""Builds the inverse and multiplies."""

import torch


def vjp_solve(A, b, v):
    with torch.no_grad():
        inverse = torch.linalg.inv(A)
        u = v @ inverse
        z = inverse @ b
        return -u[:, None] * z[None, :], u
