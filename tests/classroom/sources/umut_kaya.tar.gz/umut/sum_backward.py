import torch


@torch.no_grad()
def total_of(f, p):
    return f(p).sum()


def sum_backward(f, x):
    p = x.detach().clone().requires_grad_()
    total_of(f, p).backward()
    return p.grad
