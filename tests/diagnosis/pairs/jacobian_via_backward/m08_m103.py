import torch


def jacobian_via_backward(f, x):
    x.requires_grad_()
    columns = []
    for each in f(x).flatten():
        x.grad = None
        each.backward(retain_graph=True)
        columns.append(x.grad.flatten())
    x.grad = None
    x.requires_grad = False
    return torch.stack(columns, dim=1)
