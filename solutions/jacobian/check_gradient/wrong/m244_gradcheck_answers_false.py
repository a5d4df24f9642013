# canary: autograd-grader-withheld-5c1f9a2e7b
"""Expects gradcheck to return False for a wrong gradient."""

from torch.autograd import gradcheck


def check_gradient(f, x):
    leaf = x.detach().double().clone().requires_grad_()
    return gradcheck(f, (leaf,), rtol=1e-5)
