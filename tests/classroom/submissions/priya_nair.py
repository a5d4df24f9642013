import torch


def weighted_grad(f, x, v):
    x.grad = None
    x.requires_grad = True
    out = f(x)
    out.backward(v)
    return x.grad


def accumulate_then_zero(f, g, x):
    t = x.detach().clone().requires_grad_()
    log = {}
    f(t).backward()
    log["a"] = t.grad
    g(t).backward()
    log["b"] = t.grad
    t.grad.fill_(0)
    g(t).backward()
    log["c"] = t.grad
    return log["a"], log["b"], log["c"]


def sum_backward(f, x):
    x.grad = None
    x.requires_grad = True
    y = f(x)
    y.backward(torch.ones_like(y))
    return x.grad


def jacobian_via_backward(f, x):
    t = x.detach().clone().requires_grad_()
    y = f(t).flatten()
    rows = []
    for output in y:
        if t.grad is not None:
            t.grad.fill_(0)
        output.backward(retain_graph=True)
        rows.append(t.grad.flatten())
    return torch.stack(rows)


@torch.no_grad()
def vjp_matmul(x, w, v):
    dx = torch.einsum("ij,jl->il", v, w)
    dw = torch.einsum("ij,il->jl", v, x)
    return dx, dw


def mixed_partials(f, x1, x2):
    xs = [x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_()]
    H = torch.zeros(2, 2, dtype=x1.dtype)
    y = f(xs[0], xs[1])
    if not y.requires_grad:
        return H
    first = torch.autograd.grad(y, xs, create_graph=True, materialize_grads=True)
    for i in range(2):
        if not first[i].requires_grad:
            continue
        second = torch.autograd.grad(first[i], xs, retain_graph=True, materialize_grads=True)
        for j in range(2):
            H[i, j] = second[j].item()
    return H
