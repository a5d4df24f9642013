def vjp_matmul():
    return v @ w, v.T @ x
