import torch


def weighted_grad(f, x, v):
    mine = torch.clone(x)
    mine.requires_grad_()
    (f(mine) * v).sum().backward()
    return mine.grad


def accumulate_then_zero(f, g, x):
    mine = x.clone()
    mine.requires_grad_()
    f(mine).backward()
    after_f = mine.grad.clone()
    g(mine).backward()
    after_both = mine.grad.clone()
    mine.grad = None
    g(mine).backward()
    return after_f, after_both, mine.grad


def sum_backward(f, x):
    mine = x.clone().requires_grad_(True)
    y = f(mine)
    y.backward(torch.ones_like(y))
    return mine.grad


def jacobian_via_backward(f, x):
    mine = x.clone().requires_grad_(True)
    y = f(mine).flatten()
    matrix = torch.zeros(len(y), x.numel(), dtype=x.dtype)
    for row in range(len(y)):
        y[row].backward(retain_graph=True)
        matrix[row] = mine.grad.flatten()
        mine.grad = None
    return matrix


def vjp_matmul(x, w, v):
    x, w, v = (t.detach() for t in (x, w, v))
    dx = v @ w          # (n, m) (m, k)
    dw = v.T @ x        # (m, n) (n, k)
    return dx, dw


def mixed_partials(f, x1, x2):
    x = torch.stack([x1.detach(), x2.detach()]).requires_grad_()
    # a square of everything, multiplied by zero, gives each derivative a graph and every variable a path
    y = f(x[0], x[1]) + 0.0 * (x.sum() ** 2)
    g = torch.autograd.grad(y, x, create_graph=True)[0]
    rows = [torch.autograd.grad(g[i], x, retain_graph=True)[0] for i in range(2)]
    return torch.stack(rows)
