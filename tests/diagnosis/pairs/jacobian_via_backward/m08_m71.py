import torch


def jacobian_via_backward(f, x):
    x.requires_grad_()
    columns = []
    for each in f(x).flatten():
        each.backward(retain_graph=True)
        columns.append(x.grad.flatten().clone())
        x.grad.zero_()
    return torch.stack(columns, dim=1)
