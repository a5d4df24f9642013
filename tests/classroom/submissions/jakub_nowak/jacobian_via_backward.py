import torch


def jacobian_via_backward(f, x):
    x.requires_grad = True
    y = f(x)
    flat = y.reshape(-1)
    rows = []
    for number in range(flat.shape[0]):
        if number:                       # fresh start for every row after the first
            x.grad = torch.zeros_like(x)
        flat[number].backward(retain_graph=True)
        rows.append(x.grad.reshape(-1).clone())
    return torch.stack(rows)
