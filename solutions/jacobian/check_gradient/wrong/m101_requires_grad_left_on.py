# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the caller's x, and checks what is computed from it."""

from torch.autograd import gradcheck


def check_gradient(f, x):
    x.requires_grad_()
    return gradcheck(f, (x.double(),), rtol=1e-5, raise_exception=False)
