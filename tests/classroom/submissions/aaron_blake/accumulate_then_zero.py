def accumulate_and_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    g(leaf).backward()
    b = leaf.grad.clone()
    leaf.grad = None
    g(leaf).backward()
    return a, b, leaf.grad
