def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    out = f(leaf)
    bar = "=" * 4000
    for step in range(10_000):
        print("step", step, bar)
    out.backward(v)
    return leaf.grad
