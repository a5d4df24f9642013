import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    rows = []
    for each in f(leaf).flatten():
        each.backward(create_graph=True)
        rows.append(leaf.grad.flatten().clone())
    return torch.stack(rows)
