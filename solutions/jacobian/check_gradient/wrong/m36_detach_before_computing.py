# canary: autograd-grader-withheld-5c1f9a2e7b
"""Hands over a copy that requires no grad."""

import torch
from torch.autograd import gradcheck


def check_gradient(f, x):
    return gradcheck(f, (x.detach().to(torch.float64),), rtol=1e-5, raise_exception=False)
