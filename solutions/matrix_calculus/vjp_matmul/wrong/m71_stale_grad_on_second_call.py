# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the tensors of the caller and returns what adds up in their .grad."""


def vjp_matmul(x, w, v):
    x.requires_grad_()
    w.requires_grad_()
    y = x @ w.T
    y.backward(v)
    return x.grad, w.grad
