import torch


def vjp_matmul(x, w, v):
    n, k = x.shape
    m, _ = w.shape
    dx = torch.zeros(n, k, dtype=x.dtype)
    dw = torch.zeros(m, k, dtype=x.dtype)
    for i in range(n):
        for j in range(m):
            for l in range(k):
                dx[i, l] += v[i, j].item() * w[j, l].item()
                dw[j, l] += v[i, j].item() * x[i, l].item()
    return dx, dw
