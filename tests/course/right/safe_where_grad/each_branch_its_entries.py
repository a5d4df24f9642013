"""Each branch is given its own entries only."""


def safe_where_grad(cond, f, g, x, safe):
    leaf = x.detach().clone().requires_grad_()
    picked = cond(leaf.detach())
    total = f(leaf[picked]).sum() + g(leaf[~picked]).sum()
    total.backward()
    return leaf.grad
