"""backward on two fresh leaves."""


def vjp_matmul(x, w, v):
    x, w = (each.detach().clone().requires_grad_() for each in (x, w))
    (x @ w.T).backward(v.detach())
    return x.grad, w.grad
