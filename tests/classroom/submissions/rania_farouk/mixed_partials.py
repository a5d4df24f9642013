import torch


def mixed_partials(f, x1, x2):
    xs = [x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()]
    H = torch.zeros(2, 2, dtype=x1.dtype)
    y = f(xs[0], xs[1])
    if not y.requires_grad:
        return H
    first = torch.autograd.grad(y, xs, create_graph=True, materialize_grads=True)
    for i in range(2):
        if not first[i].requires_grad:
            continue
        second = torch.autograd.grad(first[i], xs, retain_graph=True, materialize_grads=True)
        for j in range(2):
            H[i, j] = second[j].item()
    return H
