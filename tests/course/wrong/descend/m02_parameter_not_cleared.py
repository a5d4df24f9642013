import torch


def descend(loss, w, lr, steps):
    p = torch.nn.Parameter(w.detach().clone())
    for _ in range(steps):
        value = loss(p)
        value.backward()
        p.data = p.data - lr * p.grad
    return p.data
