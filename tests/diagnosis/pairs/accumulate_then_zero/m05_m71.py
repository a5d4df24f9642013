def accumulate_then_zero(f, g, x):
    x.requires_grad_()
    f(x).backward()
    a = x.grad
    g(x).backward()
    b = x.grad
    x.grad.zero_()
    g(x).backward()
    return a, b, x.grad
