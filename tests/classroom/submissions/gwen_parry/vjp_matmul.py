vjp_matmul = lambda x, w, v: (v.detach() @ w.detach(), v.detach().T @ x.detach())
