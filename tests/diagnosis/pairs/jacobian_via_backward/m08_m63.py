import torch


def jacobian_via_backward(f, x):
    leaf = x.clone().requires_grad_()
    columns = []
    for each in f(leaf).flatten():
        leaf.grad = None
        each.backward(retain_graph=True)
        columns.append(leaf.grad.flatten())
    return torch.stack(columns, dim=1)
