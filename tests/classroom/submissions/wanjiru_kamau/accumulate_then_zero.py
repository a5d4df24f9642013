def accumulate_then_zero(f, g, x):
    q = x.detach().clone().requires_grad_()
    f(q).backward()
    a = q.grad.clone()
    g(q).backward()
    b = q.grad.clone()
    q.grad = None
    g(q).backward()
    q.grad.zero_()                      # do not forget to clear
    return a, b, q.grad
