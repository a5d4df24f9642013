import torch


def mixed_partials(f, x1, x2):
    """Differentiate f, extended by something whose derivatives are all zero but recorded."""
    a, b = x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()
    nothing = 0 * (a**2 + a * b + b**2)
    first = torch.autograd.grad(f(a, b) + nothing, (a, b), create_graph=True)
    second = [torch.autograd.grad(d, (a, b), retain_graph=True) for d in first]
    return torch.stack([torch.stack(row) for row in second])
