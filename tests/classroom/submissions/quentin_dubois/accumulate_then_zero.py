def accumulate_then_zero(f, g, x):
    x.grad = None                 # whatever was there before
    x.requires_grad_(True)
    f(x).backward()
    a = x.grad.clone()
    g(x).backward()
    b = x.grad.clone()
    x.grad = None
    g(x).backward()
    c = x.grad
    return a, b, c
