import torch


def jacobian_via_backward(f, x):
    x.requires_grad_()
    y = f(x)
    jacobian = torch.zeros(len(y), len(x), dtype=x.dtype)
    for i in range(len(y)):
        one_hot = torch.zeros(len(y), dtype=y.dtype)
        one_hot[i] = 1.0
        x.grad = None
        y.backward(one_hot, retain_graph=True)
        jacobian[i] = x.grad
    x.grad = None
    x.requires_grad = False
    return jacobian
