import torch


def mixed_partials(f, x1, x2):
    a = x1.detach().clone().requires_grad_()
    b = x2.detach().clone().requires_grad_()
    y = f(a, b)
    # keep the graph, we need it again
    fa = torch.autograd.grad(y, a, retain_graph=True)[0]
    fb = torch.autograd.grad(y, b, retain_graph=True)[0]
    rows = []
    for first in (fa, fb):
        rows.append(torch.stack([torch.autograd.grad(first, p, retain_graph=True)[0] for p in (a, b)]))
    return torch.stack(rows)
