def weighted_grad(f, x, v):
    a = x.detach().clone().requires_grad_()
    f(a).sum().backward()
    return v * a.grad
