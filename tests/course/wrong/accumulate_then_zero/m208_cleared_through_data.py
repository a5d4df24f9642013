def accumulate_then_zero(f, g, x):
    point = x.detach().clone().requires_grad_()
    found = []
    f(point).backward()
    found.append(point.grad.clone())
    g(point).backward()
    found.append(point.grad.clone())
    point.data.zero_()
    g(point).backward()
    found.append(point.grad.clone())
    return tuple(found)
