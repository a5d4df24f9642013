import torch


def sum_backward(f, x):
    at = x.detach().requires_grad_()
    total = torch.zeros_like(at, requires_grad=False)
    for output in f(at).flatten():
        total += torch.autograd.grad(output, at, retain_graph=True)[0]
    return total
