# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the first of the two parts, which is the value of f."""

import torch


def jacobian_by_columns(f, x):
    x = x.detach().clone()
    columns = []
    for unit in torch.eye(x.numel(), dtype=x.dtype):
        column = torch.func.jvp(f, (x,), (unit.reshape(x.shape),))[0]
        columns.append(column.flatten())
    return torch.stack(columns, dim=1)
