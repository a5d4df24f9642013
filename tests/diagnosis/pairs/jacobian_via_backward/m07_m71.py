import torch


def jacobian_via_backward(f, x):
    x.requires_grad_()
    rows = []
    for each in f(x).flatten():
        each.backward(retain_graph=True)
        rows.append(x.grad.flatten().clone())
    return torch.stack(rows)
