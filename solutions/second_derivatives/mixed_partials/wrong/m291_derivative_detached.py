# canary: autograd-grader-withheld-5c1f9a2e7b
"""Records the first derivatives and detaches them before it differentiates them."""

import torch


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    first = torch.autograd.grad(f(x1, x2), (x1, x2), create_graph=True, materialize_grads=True)
    rows = [torch.autograd.grad(each.detach(), (x1, x2), materialize_grads=True) for each in first]
    return torch.stack([torch.stack(row) for row in rows])
