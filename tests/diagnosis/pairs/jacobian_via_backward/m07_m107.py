import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    jacobian = torch.zeros(len(y), len(x), dtype=x.dtype)
    for i in range(len(y)):
        one_hot = torch.zeros(len(y), dtype=y.dtype)
        one_hot[i] = 1.0
        y.backward(one_hot, retain_graph=True)
        jacobian[i] = leaf.grad
    return jacobian
