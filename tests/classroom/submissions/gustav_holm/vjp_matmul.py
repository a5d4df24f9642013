def vjp_matmul(x, w, v):
    x, w, v = (t.detach() for t in (x, w, v))
    dx = v @ w          # (n, m) (m, k)
    dw = v.T @ x        # (m, n) (n, k)
    return dx, dw
