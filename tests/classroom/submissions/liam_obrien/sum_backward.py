def sum_backward(f, x):
    x.grad = None
    x.requires_grad_(True)
    f(x).sum().backward()
    answer = x.grad
    x.grad = None               # leave no traces
    x.requires_grad_(False)
    return answer
