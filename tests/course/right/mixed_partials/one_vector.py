"""One vector holds both arguments; its gradient is differentiated for all rows at once."""

import torch


def mixed_partials(f, x1, x2):
    both = torch.stack([x1, x2]).detach().requires_grad_()
    y = f(*both.unbind())
    zeros = torch.zeros(2, 2, dtype=x1.dtype)
    if not y.requires_grad:
        return zeros
    (gradient,) = torch.autograd.grad(y, both, create_graph=True)
    if not gradient.requires_grad:
        return zeros
    rows = torch.eye(2, dtype=x1.dtype)
    return torch.autograd.grad(gradient, both, rows, is_grads_batched=True, materialize_grads=True)[0]
