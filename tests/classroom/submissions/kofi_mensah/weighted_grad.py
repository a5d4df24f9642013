def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    s = (f(leaf) * v).sum()
    s.backward()
    return float(leaf.grad.sum())
