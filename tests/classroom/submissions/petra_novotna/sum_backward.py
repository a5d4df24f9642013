import torch


def sum_backward(f, x):
    """Go back from the total; torch.func.vjp could do this too, but is not allowed here."""
    z = x.detach().clone().requires_grad_()
    f(z).sum().backward()
    return z.grad
