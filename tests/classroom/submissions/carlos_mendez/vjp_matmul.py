def vjp_matmul(x, w, v):
    print("dx =", v @ w)
    print("dw =", v.T @ x)
