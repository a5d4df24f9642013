import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = []
    for i in range(y.numel():
        pick = torch.zeros(y.numel())
        pick[i] = 1
        leaf.grad = None
        y.backward(pick.view_as(y), retain_graph=True)
        rows.append(leaf.grad.flatten())
    return torch.stack(rows)
