import torch


def descend(loss, w, lr, steps):
    start = w.detach().clone().requires_grad_()
    slope = torch.autograd.grad(loss(start).sum(), start)[0]
    w = start.detach()
    for _ in range(steps):
        w = w - lr * slope
    return w.clone()
