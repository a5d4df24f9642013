"""Autograd course, all six exercises. Ines Carvalho"""

import torch


def weighted_grad(f, x, v):
    a = x.detach().clone().requires_grad_()
    loss = torch.mean(v * f(a))
    return torch.autograd.grad(loss, a)[0]


def accumulate_then_zero(f, g, x):
    z = x.detach().clone().requires_grad_()
    readings = []
    for function, clear in ((f, False), (g, False), (g, True)):
        if clear:
            z.grad = None
        function(z).backward()
        readings.append(z.grad.detach().clone())
    return tuple(readings)


def sum_backward(f, x):
    a = x.detach().clone().requires_grad_()
    y = f(a)
    weights = torch.full(y.shape, 1.0 / max(y.numel(), 1), dtype=y.dtype)   # every output counts the same
    y.backward(weights)
    return a.grad


def jacobian_via_backward(f, x):
    z = x.detach().requires_grad_()
    outputs = f(z).flatten()
    rows = [torch.autograd.grad(y, z, retain_graph=True)[0].flatten() for y in outputs]
    return torch.stack(rows)


def vjp_matmul(x, w, v):
    a = x.detach().clone().requires_grad_()
    b = w.detach().clone().requires_grad_()
    y = a.mm(b.t())
    loss = (y * v).sum() / y.numel()
    return torch.autograd.grad(loss, (a, b))


def d(y, x):
    """dy/dx, differentiable again; 0 where there is nothing to differentiate."""
    if y.grad_fn is None:
        return torch.zeros_like(x)
    out = torch.autograd.grad(y, x, create_graph=True, allow_unused=True)[0]
    return torch.zeros_like(x) if out is None else out


def mixed_partials(f, x1, x2):
    a = x1.detach().clone().requires_grad_()
    b = x2.detach().clone().requires_grad_()
    y = f(a, b)
    fa, fb = d(y, a), d(y, b)
    return torch.stack([torch.stack([d(fa, a), d(fa, b)]), torch.stack([d(fb, a), d(fb, b)])]).detach()
