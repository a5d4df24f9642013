"""Calls backward once for each variable."""


def first_partials(f, x1, x2):
    results = []
    p = x1.detach().clone()
    q = x2.detach().clone()
    p.requires_grad = True
    q.requires_grad = True
    out = f(p, q)
    for var in (p, q):
        if not out.requires_grad:
            results.append(0 * var.detach())
            continue
        out.backward()
        results.append(var.grad if var.grad is not None else 0 * var.detach())
        p.grad = q.grad = None
    return tuple(results)
