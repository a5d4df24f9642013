# homework, mei lin
import torch


def weighted_grad(f, x, v):
    p = x.detach().clone().requires_grad_()
    (f(p) * v).sum().backward(create_graph=True)
    return p.grad


def accumulate_then_zero(f, g, x):
    p = x.detach().clone().requires_grad_()
    f(p).backward(create_graph=True)
    a = p.grad.clone()
    g(p).backward(create_graph=True)
    b = p.grad.clone()
    p.grad = None
    g(p).backward(create_graph=True)
    c = p.grad.clone()
    return a, b, c


def sum_backward(f, x):
    p = x.detach().clone().requires_grad_()
    y = f(p)
    return torch.autograd.grad(y, p, torch.ones_like(y), create_graph=True)[0]


def jacobian_via_backward(f, x):
    p = x.detach().clone().requires_grad_()
    y = f(p).reshape(-1)
    return torch.stack([torch.autograd.grad(y[i], p, create_graph=True)[0].reshape(-1) for i in range(y.numel())])


def vjp_matmul(x, w, v):
    return torch.einsum("ij,jk->ik", v, w), torch.einsum("ij,ik->jk", v, x)


def mixed_partials(f, x1, x2):
    p = [t.detach().clone().requires_grad_() for t in (x1, x2)]

    def nabla(y):
        if not y.requires_grad:
            return torch.zeros(2, dtype=x1.dtype)
        return torch.stack(torch.autograd.grad(y, p, create_graph=True, materialize_grads=True))

    first = nabla(f(*p))
    return torch.stack([nabla(first[0]), nabla(first[1])])
