"""Entry by entry, in plain Python."""

import torch


def vjp_matmul(x, w, v):
    (n, k), m = x.shape, w.shape[0]
    dx, dw = torch.zeros(n, k, dtype=x.dtype), torch.zeros(m, k, dtype=x.dtype)
    for i in range(n):
        for j in range(m):
            for c in range(k):
                dx[i, c] += v[i, j].item() * w[j, c].item()
                dw[j, c] += v[i, j].item() * x[i, c].item()
    return dx, dw
