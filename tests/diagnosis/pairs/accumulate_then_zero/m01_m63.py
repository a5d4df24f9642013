def accumulate_then_zero(f, g, x):
    leaf = x.clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    g(leaf).backward()
    b = leaf.grad.clone()
    g(leaf).backward()
    return a, b, leaf.grad.clone()
