# canary: autograd-grader-withheld-5c1f9a2e7b
"""Looks for nan among the values."""

import torch
from torch.overrides import TorchFunctionMode


class Values(TorchFunctionMode):
    found = None

    def __torch_function__(self, function, _types, args=(), kwargs=None):
        result = function(*args, **(kwargs or {}))
        is_traced = isinstance(result, torch.Tensor) and result.grad_fn is not None
        if self.found is None and is_traced and bool(torch.Tensor.isnan(result.detach()).any()):
            self.found = result.grad_fn.name()
        return result


def first_nan(f, x):
    leaf = x.detach().clone().requires_grad_()
    with Values() as values:
        f(leaf)
    return values.found
