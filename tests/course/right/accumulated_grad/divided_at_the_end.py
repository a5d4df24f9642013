"""Sums in .grad, one division at the end."""


def accumulated_grad(loss, w, X, sizes):
    leaf = w.detach().clone().requires_grad_(True)
    rows = X.detach()
    while sizes:
        size, *sizes = sizes
        part, rows = rows[:size], rows[size:]
        (size * loss(leaf, part)).backward()
    return leaf.grad.div(X.shape[0])
