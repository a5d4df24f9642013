import torch

rows = int(input("How many rows has x? "))


def vjp_matmul(x, w, v):
    x, w, v = (t.detach().clone() for t in (x, w, v))
    return torch.stack([v[i] @ w for i in range(rows)]), v.T @ x
