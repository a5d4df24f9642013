def vjp(x, w, v):
    """A function of my own that only has the name of the one that is not allowed."""
    return v @ w, v.T @ x


def vjp_matmul(x, w, v):
    return vjp(x.detach(), w.detach(), v.detach())
