import torch


def jacobian_via_backward(f, x, m, n):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf).reshape(m)
    rows = [torch.autograd.grad(y[i], leaf, retain_graph=True)[0].reshape(n) for i in range(m)]
    return torch.stack(rows)
