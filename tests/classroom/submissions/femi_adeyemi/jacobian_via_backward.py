import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf).flatten()
    J = torch.zeros(y.numel(), x.numel(), dtype=torch.float64)      # always double, to be on the safe side
    for i in range(y.numel()):
        J[i] = torch.autograd.grad(y[i], leaf, retain_graph=True)[0].flatten()
    return J
