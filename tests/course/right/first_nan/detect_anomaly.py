"""Reads the name in the message of anomaly detection."""

import re
import warnings

import torch


def first_nan(f, x):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with torch.autograd.detect_anomaly():
                y = f(x.detach().clone().requires_grad_())
                if y.requires_grad:
                    y.backward()
        except RuntimeError as error:
            found = re.search(r"Function '([^']+)' returned nan", str(error))
            return found.group(1) if found else None
    return None
