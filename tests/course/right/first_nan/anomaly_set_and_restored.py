"""Switches anomaly detection on and puts the old mode back."""

import warnings

import torch


def first_nan(f, x):
    before, checked = torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()
    answer = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.autograd.set_detect_anomaly(True, check_nan=True)
        try:
            leaf = x.detach().clone().requires_grad_()
            y = f(leaf)
            if y.grad_fn is not None:
                torch.autograd.grad(y.sum(), leaf, allow_unused=True)
        except RuntimeError as error:
            answer = str(error).split("'")[1]
        finally:
            torch.autograd.set_detect_anomaly(before, checked)
    return answer
