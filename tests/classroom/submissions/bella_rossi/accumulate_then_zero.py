def accumulate_then_zero(x, f, g):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    a = leaf.grad.clone()
    g(leaf).backward()
    b = leaf.grad.clone()
    leaf.grad.zero_()
    g(leaf).backward()
    return a, b, leaf.grad.clone()
