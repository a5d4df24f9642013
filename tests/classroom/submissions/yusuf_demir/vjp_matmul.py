import torch


def vjp_matmul(x, w, v):
    x = x.detach().clone().requires_grad_(True)
    w = w.detach().clone().requires_grad_(True)
    (x @ w.T).backward(v.detach())
    return x.grad, w.grad
