def accumulate_then_zero(f, g, x):
    x.requires_grad_()
    f(x).backward()
    a = x.grad.clone()
    x.grad.zero_()
    g(x).backward()
    b = x.grad.clone()
    g(x).backward()
    return a, b, x.grad.clone()
