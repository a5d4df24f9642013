# canary: autograd-grader-withheld-5c1f9a2e7b
"""Lets backward add to the .grad of the tensors of the caller and returns copies."""


def vjp_matmul(x, w, v):
    x.requires_grad_()
    w.requires_grad_()
    (x @ w.T).backward(v)
    return x.grad.clone(), w.grad.clone()
