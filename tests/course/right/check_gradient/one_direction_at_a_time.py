"""backward for each output, differences for each input."""

import torch


def check_gradient(f, x):
    leaf = x.detach().double().clone().requires_grad_()
    y = f(leaf)
    h = 1e-6
    for i in range(y.numel()):
        (row,) = torch.autograd.grad(y.flatten()[i], leaf, retain_graph=True, materialize_grads=True)
        for j in range(leaf.numel()):
            values = []
            for sign in (1, -1):
                moved = leaf.detach().clone()
                moved.view(-1)[j] += sign * h
                values.append(f(moved).flatten()[i].item())
            quotient = (values[0] - values[1]) / (2 * h)
            if abs(quotient - row.flatten()[j].item()) > 1e-6 + 1e-5 * abs(quotient):
                return False
    return True
