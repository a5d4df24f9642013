import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone()
    leaf.requires_grad_(True)
    y = f(leaf)
    m, n = y.numel(), x.numel()
    J = torch.empty(m, n, dtype=x.dtype)
    for i in range(m):
        v = torch.zeros(m, dtype=y.dtype)
        v[i] = 1
        leaf.grad = None
        y.backward(v.view_as(y), retain_graph=True)
        J[i] = leaf.grad.view(-1)
    return J
