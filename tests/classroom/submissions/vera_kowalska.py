import torch


def weighted_grad(f, x, v):
    p = x.detach().clone().requires_grad_()
    y = f(p)
    y.backward(v.sum())         # one number, torch spreads it over the outputs
    return p.grad


def accumulate_then_zero(f, g, x):
    p = x.detach().clone().requires_grad_()
    p.grad.zero_()              # always start from zero
    f(p).backward()
    a = p.grad.clone()
    g(p).backward()
    b = p.grad.clone()
    p.grad.zero_()
    g(p).backward()
    c = p.grad.clone()
    return a, b, c


def sum_backward(f, x):
    p = x.detach().clone().requires_grad_()
    y = f(p)
    y.backward()                # adds up all outputs by itself
    return p.grad


def jacobian_via_backward(f, x):
    z = x.detach().clone().requires_grad_()
    y = f(z)
    picks = torch.eye(y.numel(), dtype=y.dtype).reshape(y.numel(), *y.shape)
    (rows,) = torch.autograd.grad(y, z, picks, is_grads_batched=True)
    return rows.reshape(y.numel(), z.numel())


def vjp_matmul(x, w, v):
    x, w, v = (t.detach() for t in (x, w, v))
    dx = v @ w          # (n, m) (m, k)
    dw = v.T @ x        # (m, n) (n, k)
    return dx, dw


def mixed_partials(f, x1, x2):
    p = (x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_())

    def both(y):
        return torch.autograd.grad(y, p, create_graph=True, materialize_grads=True)

    fa, fb = both(f(*p))
    (faa, fab), (fba, fbb) = both(fa), both(fb)
    return torch.stack([faa, fab, fba, fbb]).reshape(2, 2).detach()
