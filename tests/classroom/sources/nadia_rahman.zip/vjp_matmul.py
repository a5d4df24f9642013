def vjp_matmul(x, w, v):
    a = x.detach().clone().requires_grad_()
    b = w.detach().clone().requires_grad_()
    loss = (v * (a @ b.T)).sum()
    loss.backward(inputs=[a])
    loss.backward(inputs=[b])
    return a.grad, b.grad
