import copy


def accumulate_then_zero(f, g, x):
    p = x.detach().clone().requires_grad_()
    f(p).backward()
    a = copy.deepcopy(p.grad)
    g(p).backward()
    b = copy.deepcopy(p.grad)
    q = x.detach().clone().requires_grad_()   # a fresh leaf starts with no .grad: as good as clearing
    g(q).backward()
    return a, b, q.grad
