import torch


def mixed_partials(f, x1, x2):
    p = [x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()]
    y = f(p[0], p[1])
    gradient = torch.autograd.grad(y, p, create_graph=True, materialize_grads=True)
    hessian = torch.autograd.grad(gradient, p, create_graph=True, materialize_grads=True)
    return torch.stack(hessian).detach()
