import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf).flatten()
    J = torch.zeros(3000, 3000, dtype=torch.float64)         # never too small
    for i in range(y.numel()):
        J[i, : x.numel()] = torch.autograd.grad(y[i], leaf, retain_graph=True)[0].flatten()
    return J
