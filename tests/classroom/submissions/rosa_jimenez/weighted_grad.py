import torch


def weighted_grad(f, x, v):
    # one row of the Jacobian after the other, each times its weight
    z = x.detach().clone().requires_grad_()
    ys = f(z).flatten()
    total = torch.zeros_like(x)
    for weight, y in zip(v.flatten().tolist(), ys):
        row = torch.autograd.grad(y, z, retain_graph=True)[0]
        total = total + weight * row
    return total.detach()
