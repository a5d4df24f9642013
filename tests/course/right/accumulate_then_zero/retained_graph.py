def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone()
    leaf.requires_grad = True
    y, z = f(leaf), g(leaf)
    y.backward()
    a = leaf.grad + 0
    z.backward(retain_graph=True)
    b = leaf.grad + 0
    leaf.grad = None
    z.backward()
    return a, b, leaf.grad
