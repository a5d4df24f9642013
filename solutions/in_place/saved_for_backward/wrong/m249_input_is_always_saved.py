# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives the input for whatever has a graph."""


def saved_for_backward(f, x):
    y = f(x.detach().clone().requires_grad_())
    return y.grad_fn is not None, False
