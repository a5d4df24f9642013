def accumulate_then_zero(f, g, x):
    x.grad = None
    x.requires_grad_()
    f(x).backward()
    a = x.grad.clone()
    g(x).backward()
    b = x.grad.clone()
    x.grad = None
    g(x).backward()
    c = x.grad.clone()
    return a, b, c
