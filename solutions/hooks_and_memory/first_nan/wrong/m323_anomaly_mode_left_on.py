# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches anomaly detection on for good."""

import re
import warnings

import torch


def first_nan(f, x):
    torch.autograd.set_detect_anomaly(True)
    y = f(x.detach().clone().requires_grad_())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if y.requires_grad:
                y.backward()
    except RuntimeError as problem:
        return re.search(r"Function '(\w+)'", str(problem))[1]
    return None
