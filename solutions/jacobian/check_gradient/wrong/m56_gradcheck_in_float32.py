# canary: autograd-grader-withheld-5c1f9a2e7b
"""Stays in the dtype of x."""

from torch.autograd import gradcheck


def check_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    return gradcheck(f, (leaf,), rtol=1e-5, raise_exception=False)
