import torch


def weighted_grad(f, x, v):
    jacobian = torch.autograd.functional.jacobian(f, x.detach())
    return torch.tensordot(v.detach().to(jacobian.dtype), jacobian, dims=v.dim())
