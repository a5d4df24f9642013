# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the x of the caller."""

import re
import warnings

import torch


def first_nan(f, x):
    try:
        with warnings.catch_warnings(), torch.autograd.detect_anomaly():
            warnings.simplefilter("ignore")
            y = f(x.requires_grad_())
            if y.requires_grad:
                torch.autograd.grad(y, x)
    except RuntimeError as problem:
        return re.search(r"Function '(\w+)'", str(problem))[1]
    return None
