import torch


def weighted_grad(f, x, v):
    at, weights = x.detach(), v.detach()
    columns = []
    for direction in torch.eye(at.numel(), dtype=at.dtype):
        _, tangent = torch.func.jvp(f, (at,), (direction.reshape(at.shape),))
        columns.append((weights * tangent).sum())
    return torch.stack(columns).reshape(at.shape)
