def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(create_graph=True)
    a = leaf.grad.clone()
    g(leaf).backward(create_graph=True)
    b = leaf.grad.clone()
    g(leaf).backward(create_graph=True)
    return a, b, leaf.grad.clone()
