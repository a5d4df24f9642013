import torch


def sum_backward(f, x):
    jacobian = torch.autograd.functional.jacobian(f, x.detach())
    return jacobian.reshape(-1, *x.shape).sum(dim=0)
