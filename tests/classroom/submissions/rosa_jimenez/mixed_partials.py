import torch


def mixed_partials(f, x1, x2):
    a = x1.detach().clone().requires_grad_()
    b = x2.detach().clone().requires_grad_()
    f(a, b).backward(create_graph=True)
    da, db = a.grad.clone(), b.grad.clone()
    da.backward(retain_graph=True)
    row1 = [a.grad.item(), b.grad.item()]
    db.backward(retain_graph=True)
    row2 = [a.grad.item(), b.grad.item()]
    return torch.tensor([row1, row2], dtype=x1.dtype)
