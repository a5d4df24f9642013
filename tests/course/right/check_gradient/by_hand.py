"""Difference quotients by hand, against torch's Jacobian."""

import torch


def check_gradient(f, x):
    at = x.detach().double().clone()
    found = torch.autograd.functional.jacobian(f, at).reshape(-1, at.numel())
    columns = []
    for unit in torch.eye(at.numel(), dtype=torch.float64):
        step = 1e-5 * unit.reshape(at.shape)
        columns.append(((f(at + step) - f(at - step)) / 2e-5).detach().flatten())
    return torch.allclose(found, torch.stack(columns, dim=1), rtol=1e-5, atol=1e-6)
