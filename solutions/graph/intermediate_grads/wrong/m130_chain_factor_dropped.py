# canary: autograd-grader-withheld-5c1f9a2e7b
"""Leaves out the step from y to x."""


def intermediate_grads(f1, f2, x):
    y = f1(x.detach().clone()).detach().clone().requires_grad_()
    f2(y).backward()
    return y.grad, y.grad.clone()
