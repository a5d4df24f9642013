import torch


def weighted_grad(f, x, v):
    leaf = x.detach().clone()
    leaf.requires_grad_(True)
    out = f(leaf)
    out.backward(v)
    return leaf.grad


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone()
    leaf.requires_grad_(True)

    f(leaf).backward()
    first = leaf.grad.clone()

    g(leaf).backward()
    both = leaf.grad.clone()

    leaf.grad.zero_()
    g(leaf).backward()
    only_g = leaf.grad.clone()

    return first, both, only_g


def sum_backward(f, x):
    leaf = x.detach().clone()
    leaf.requires_grad_(True)
	f(leaf).sum().backward()
    return leaf.grad


def jacobian_via_backward(f, x):
    z = x.detach().requires_grad_()
    outputs = f(z).flatten()
    rows = [torch.autograd.grad(y, z, retain_graph=True)[0].flatten() for y in outputs]
    return torch.stack(rows)


def vjp_matmul(x, w, v):
    x = x.detach().clone().requires_grad_(True)
    w = w.detach().clone().requires_grad_(True)
    (x @ w.T).backward(v.detach())
    return x.grad, w.grad


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
