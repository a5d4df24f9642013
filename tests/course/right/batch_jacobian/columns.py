"""A jvp over the whole batch for each column."""

import torch


def batch_jacobian(f, X):
    batch = X.detach()
    columns = []
    for j in range(batch.shape[1]):
        tangent = torch.zeros_like(batch)
        tangent[:, j] = 1
        columns.append(torch.func.jvp(torch.func.vmap(f), (batch,), (tangent,))[1])
    return torch.stack(columns, dim=-1)
