# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears the .grad of the tensors of the caller to make room for its own result."""


def vjp_matmul(x, w, v):
    flags = x.requires_grad, w.requires_grad
    x.requires_grad_()
    w.requires_grad_()
    x.grad = w.grad = None
    (x @ w.T).backward(v)
    dx, dw = x.grad.clone(), w.grad.clone()
    x.requires_grad_(flags[0])
    w.requires_grad_(flags[1])
    return dx, dw
