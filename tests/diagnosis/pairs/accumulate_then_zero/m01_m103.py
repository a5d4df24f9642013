def accumulate_then_zero(f, g, x):
    x.requires_grad_()
    x.grad = None
    f(x).backward()
    a = x.grad.clone()
    g(x).backward()
    b = x.grad.clone()
    g(x).backward()
    c = x.grad.clone()
    x.grad = None
    x.requires_grad = False
    return a, b, c
