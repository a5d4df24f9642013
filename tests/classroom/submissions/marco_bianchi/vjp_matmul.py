import torch


def vjp_matmul(x, w, v):
    with torch.no_grad():
        dx, dw = v @ w, v.T @ x
        v.zero_()                   # used up
    return dx, dw
