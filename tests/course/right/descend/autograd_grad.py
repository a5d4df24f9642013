import torch


def descend(loss, w, lr, steps):
    w = w.detach().clone()
    for _ in range(steps):
        w.requires_grad_()
        (slope,) = torch.autograd.grad(loss(w).squeeze(), w)
        w = w.detach() - lr * slope
    return w.detach()
