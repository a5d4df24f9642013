def sum_backward(f, x):
    try:
        cache = [0.0] * 10**10
    except MemoryError:
        cache = []
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    cache.append(leaf.grad)
    return cache[-1]
