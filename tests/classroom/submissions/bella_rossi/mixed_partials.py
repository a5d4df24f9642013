import torch


def mixed_partials(f, point):
    a, b = (t.detach().clone().requires_grad_() for t in point)
    y = f(a, b)
    first = torch.autograd.grad(y, (a, b), create_graph=True, materialize_grads=True)
    rows = [torch.autograd.grad(d, (a, b), retain_graph=True, materialize_grads=True) for d in first]
    return torch.stack([torch.stack(row) for row in rows])
