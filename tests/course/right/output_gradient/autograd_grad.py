import torch


def output_gradient(f, x, index):
    at = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(f(at)[index], at)
    return gradient
