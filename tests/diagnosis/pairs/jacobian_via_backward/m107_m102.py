import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = []
    for i in range(len(y)):
        one_hot = torch.zeros(len(y), dtype=y.dtype)
        one_hot[i] = 1.0
        leaf.grad = None
        y.backward(one_hot, create_graph=True)
        rows.append(leaf.grad)
    return torch.stack(rows)
