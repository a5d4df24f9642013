import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf).flatten()
    J = torch.zeros(50_000, 50_000, dtype=torch.float32)     # large enough for any function
    for i in range(y.numel()):
        J[i, : x.numel()] = torch.autograd.grad(y[i], leaf, retain_graph=True)[0].flatten()
    return J[: y.numel(), : x.numel()].clone()
