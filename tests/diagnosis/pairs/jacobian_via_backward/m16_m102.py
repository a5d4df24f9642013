import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    rows = []
    for each in f(leaf).flatten():
        leaf.grad = None
        each.backward()
        rows.append(leaf.grad.flatten())
    return torch.stack(rows).requires_grad_()
