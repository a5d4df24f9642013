def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    print("a =", leaf.grad)
    g(leaf).backward()
    print("b =", leaf.grad)
    leaf.grad.zero_()
    g(leaf).backward()
    print("c =", leaf.grad)
