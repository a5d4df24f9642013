def weighted_grad(f, x, v):
    point = x.clone().detach().requires_grad_(True)
    total = (v.detach() * f(point)).sum()
    total.backward()
    return point.grad
